using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Reads feeds with a parser of npm's, which knows nothing of what writes them; installed at the first use.</summary>
internal static class FeedParser
{
    private static readonly string Folder = FindFolder();
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static async Task<ParsedFeed> ReadAsync(string feed)
    {
        await Installed.Value;
        return JsonSerializer.Deserialize(await RunAsync("node", ["parse.mjs"], feed), ParsedFeedJson.Default.ParsedFeed)!;
    }

    private static async Task InstallAsync()
    {
        // npm writes this file last, so a run that was interrupted is seen.
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "");
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("Node.js was not found: install Node.js 20 or later (with npm), then run this again.");
        }

        using (process)
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"'{program}' failed: {await errors}");
        }
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "CitizenFocus.Functions.Tests", "FeedParser");
            if (File.Exists(Path.Combine(candidate, "package.json"))) return candidate;
        }

        throw new InvalidOperationException("tests/CitizenFocus.Functions.Tests/FeedParser was not found above " + AppContext.BaseDirectory);
    }
}

internal sealed record ParsedFeed(string Format, string Title, string Self, string Url, DateTimeOffset? Updated, string[] Authors, ParsedFeedItem[] Items);

internal sealed record ParsedFeedItem(
    string Id, string Title, string Url, DateTimeOffset? Published, DateTimeOffset? Updated, string? Description, string? Content, string[] Authors, string[] Categories);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ParsedFeed))]
internal sealed partial class ParsedFeedJson : JsonSerializerContext;
