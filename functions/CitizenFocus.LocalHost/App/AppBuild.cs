using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace CitizenFocus.LocalHost.App;

/// <summary>Builds the app from its project, in the way LocalHost was built itself.</summary>
internal static class AppBuild
{
    /// <summary>Runs <c>dotnet build</c>, quietly, and says where its output lies.</summary>
    /// <param name="project">The app's project folder.</param>
    /// <exception cref="LocalHostException">It did not build, with the compiler's errors; or the SDK is missing.</exception>
    public static async Task<string> RunAsync(string project, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "build", project, "--nologo", "-v:q",
                "-c", Metadata("Configuration"),
                $"-p:OfficialSdks={Metadata("OfficialSdks")}",
                // With a target named, the property is that of the finished build, alone on standard output.
                "-t:Build", "-getProperty:TargetDir",
            },
        };
        using var build = Start(start);
        var output = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = build.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await build.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }

        var text = (await output).Trim();
        if (build.ExitCode == 0 && Directory.Exists(text)) return text;

        throw new LocalHostException($"The app did not build: see what 'dotnet build' says of {project}\n{text}\n{(await errors).Trim()}".TrimEnd());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new LocalHostException("The .NET SDK was not found: install the .NET 10 SDK, or name a built app with --app.");
        }
    }

    private static string Metadata(string key) =>
        typeof(AppBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
