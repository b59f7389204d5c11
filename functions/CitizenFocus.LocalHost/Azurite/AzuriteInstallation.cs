using System.ComponentModel;
using System.Diagnostics;

namespace CitizenFocus.LocalHost.Azurite;

/// <summary>Where Azurite is installed, by npm, at the version that the lock file pins.</summary>
/// <param name="Directory">The folder that holds its package.json.</param>
public sealed record AzuriteInstallation(string Directory)
{
    /// <summary>The script that Node.js runs.</summary>
    public string EntryPoint => Path.Combine(Directory, "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>What Node.js loads before it.</summary>
    public string Preload => Path.Combine(Directory, "preload.cjs");

    /// <summary>The installation in this repository, found upwards from where the program's files lie.</summary>
    /// <exception cref="AzuriteException">No such folder: the program was moved out of the repository.</exception>
    public static AzuriteInstallation OfRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "functions", "CitizenFocus.LocalHost", "Azurite");
            if (File.Exists(Path.Combine(candidate, "package.json")))
            {
                return new(candidate);
            }
        }

        throw new AzuriteException("functions/CitizenFocus.LocalHost/Azurite/package.json was not found above " + AppContext.BaseDirectory);
    }

    /// <summary>Runs <c>npm ci</c> where Azurite is missing; one process at a time, others wait.</summary>
    /// <exception cref="AzuriteException">npm is missing or failed.</exception>
    public async Task EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        // npm writes this file last, so a run that was interrupted is seen.
        var marker = Path.Combine(Directory, "node_modules", ".package-lock.json");
        if (File.Exists(marker)) return;

        await using var turn = await TakeTurnAsync(Path.Combine(Directory, ".installing"), cancellationToken);
        if (File.Exists(marker)) return;

        var start = new ProcessStartInfo("npm")
        {
            WorkingDirectory = Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "ci", "--no-audit", "--no-fund", "--loglevel=error" },
        };
        Process npm;
        try
        {
            npm = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new AzuriteException("Node.js was not found: install Node.js 20 or later (with npm), then run this again.");
        }

        using (npm)
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                throw new AzuriteException($"'npm ci' in {Directory} failed: {(await errors).Trim()} {(await output).Trim()}");
            }
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(250, cancellationToken);
            }
        }
    }
}

/// <summary>Azurite could not be installed or started; the message says what to do.</summary>
public sealed class AzuriteException(string message) : Exception(message);
