using System.ComponentModel;
using System.Diagnostics;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>The Node.js programs in a folder of these tests, which know nothing of what they read; installed at the first use.</summary>
internal sealed class NodeTools
{
    /// <summary>A mail server, and a validator of HTML.</summary>
    public static readonly NodeTools Email = new("EmailTools");

    /// <summary>Mozilla's ical.js.</summary>
    public static readonly NodeTools Calendar = new("CalendarParser");

    public static readonly NodeTools Feed = new("FeedParser");

    private readonly Lazy<Task> _installed;

    private NodeTools(string name)
    {
        Folder = FindFolder(name);
        _installed = new(InstallAsync);
    }

    public string Folder { get; }

    /// <summary>A program of ours, its input and output held by the caller, who stops it.</summary>
    public async Task<Process> StartAsync(params string[] arguments)
    {
        await _installed.Value;
        return Start("node", arguments);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string input, params string[] arguments)
    {
        using var program = await StartAsync(arguments);
        return await OutputAsync(program, input);
    }

    private async Task InstallAsync()
    {
        // npm writes this file last, so a run that was interrupted is seen.
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) return;
        using var npm = Start("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        await OutputAsync(npm, "");
    }

    /// <summary>Gives a program its input, and waits for its end.</summary>
    public static async Task<string> OutputAsync(Process program, string input)
    {
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program.StartInfo.FileName} {program.StartInfo.ArgumentList[0]} failed: {await errors}");
    }

    private Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js was not found: install Node.js 20 or later (with npm), then run this again.");
        }
    }

    private static string FindFolder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "CitizenFocus.Functions.Tests", name);
            if (File.Exists(Path.Combine(candidate, "package.json"))) return candidate;
        }

        throw new InvalidOperationException($"tests/CitizenFocus.Functions.Tests/{name} was not found above {AppContext.BaseDirectory}");
    }
}
