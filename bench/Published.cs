using System.Diagnostics;

namespace CitizenFocus.Bench;

/// <summary>An executable made by <c>dotnet publish</c>.</summary>
internal sealed record Published(string Folder, string Executable)
{
    /// <param name="repository">The root of the working tree.</param>
    /// <param name="project">The project's file, from there.</param>
    /// <param name="again">Else what an earlier run published is taken as it is, where there is any.</param>
    /// <exception cref="InvalidOperationException">It did not publish: what the compiler says.</exception>
    public static async Task<Published> PublishAsync(string repository, string project, bool again, CancellationToken cancellationToken)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var folder = Path.Combine(repository, "artifacts", "bench", name);
        if (!again && File.Exists(Path.Combine(folder, name))) return new(folder, Path.Combine(folder, name));
        await Console.Error.WriteLineAsync($"publishing {name} …");
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Without servers that would outlive this run.
            ArgumentList = { "publish", project, "-c", "Release", "-o", folder, "--nologo", "-v:q", "--disable-build-servers" },
        })!;
        var output = publish.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = publish.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await publish.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            publish.Kill(entireProcessTree: true);
            throw;
        }

        return publish.ExitCode == 0
            ? new(folder, Path.Combine(folder, name))
            : throw new InvalidOperationException($"{project} was not published:\n{await output}{await errors}");
    }

    public double Megabytes => new FileInfo(Executable).Length / 1e6;
}
