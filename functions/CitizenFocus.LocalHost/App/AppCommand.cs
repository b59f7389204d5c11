namespace CitizenFocus.LocalHost.App;

/// <summary>Lets the app make what it needs in storage before it serves, which is safe to do at every start.</summary>
internal static class AppCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Tables, queues and containers, and the cluster's own content in them.</summary>
    public const string LoadSample = "sample load";

    /// <summary>Tables, queues and containers alone.</summary>
    public const string CreateStorage = "storage create";

    /// <summary>Runs the app's executable with a command.</summary>
    /// <exception cref="LocalHostException">It failed, with what it printed, or took more than a minute.</exception>
    public static async Task RunAsync(WorkerCommand worker, string command, CancellationToken cancellationToken)
    {
        using var process = worker.Start(command.Split(' '), []);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0) return;

            throw new LocalHostException(
                $"The storage was not prepared: '{command}' ended with {process.ExitCode}.\n{await output}{await errors}".TrimEnd());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalHostException($"The storage was not prepared: '{command}' did not end within {Limit.TotalSeconds:0} seconds.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
