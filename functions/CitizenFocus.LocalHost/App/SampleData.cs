namespace CitizenFocus.LocalHost.App;

/// <summary>Lets the app load its sample data, which is safe to do at every start.</summary>
internal static class SampleData
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the app's executable with <c>sample load</c>.</summary>
    /// <exception cref="LocalHostException">It failed, with what it printed, or took more than a minute.</exception>
    public static async Task LoadAsync(WorkerCommand command, CancellationToken cancellationToken)
    {
        using var process = command.Start(["sample", "load"], []);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0) return;

            throw new LocalHostException(
                $"The sample data was not loaded: 'sample load' ended with {process.ExitCode} (--no-sample goes without).\n{await output}{await errors}".TrimEnd());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalHostException($"The sample data was not loaded: 'sample load' did not end within {Limit.TotalSeconds:0} seconds (--no-sample goes without).");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
