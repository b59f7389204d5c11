using System.Diagnostics;

namespace CitizenFocus.LocalHost.App;

/// <summary>
/// Keeps one run of the app alive. Exit code 0 is an end for good, as in the host; any other is followed by a new
/// start at once, as often as needed, or until the restart limit, which is the host's own rule.
/// </summary>
internal sealed class HttpWorkerSupervisor(WorkerCommand command, int? restartLimit, TimeProvider time, ILogger log) : IAsyncDisposable
{
    /// <summary>The host forgets failures after so much time without one.</summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(30);

    /// <summary>Only a process that never became ready is given a pause, or a broken app would keep a core busy.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Uri> _ready = NewReady();
    private volatile HttpWorkerProcess? _current;
    private Task _supervision = Task.CompletedTask;

    /// <summary>Completes when the restart limit is reached: the host stops then.</summary>
    public Task GaveUp => _gaveUp.Task;

    /// <summary>The process that runs now, for tests.</summary>
    public int? ProcessId => _current?.Id;

    /// <summary>Starts the app and waits until it is ready.</summary>
    /// <exception cref="LocalHostException">It ended or kept silent: a start that never worked is not tried again.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = HttpWorkerProcess.Start(command, log);
        try
        {
            if (!await first.WaitUntilReadyAsync(cancellationToken))
            {
                throw new LocalHostException("The app did not become ready: its output is above.");
            }
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }

        _supervision = SuperviseAsync(first);
    }

    /// <summary>Where the app listens, as soon as it does.</summary>
    /// <exception cref="WorkerUnavailableException">It ended for good, or was not ready in time.</exception>
    public async Task<Uri> ReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            if (_current is { HasExited: true } ended) await NoticeEndAsync(ended.Address);
            return await Volatile.Read(ref _ready).Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new WorkerUnavailableException("The app is not ready.");
        }
    }

    /// <summary>Waits a moment for the supervision to see that the process at an address has ended, if it has.</summary>
    public async Task NoticeEndAsync(Uri address)
    {
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 4);
        while (Stopwatch.GetTimestamp() < until
            && Volatile.Read(ref _ready).Task is { IsCompletedSuccessfully: true } ready && await ready == address)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }
    }

    /// <summary>Kills the running process; a new one follows.</summary>
    public void Kill() => _current?.Kill();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        _stopping.Dispose();
    }

    private async Task SuperviseAsync(HttpWorkerProcess process)
    {
        var failures = 0;
        var lastFailure = time.GetUtcNow();
        var pause = TimeSpan.Zero;
        var ready = true;
        try
        {
            while (true)
            {
                int exitCode;
                await using (process)
                {
                    _current = process;
                    ready = ready || await process.WaitUntilReadyAsync(_stopping.Token);
                    if (ready) _ready.TrySetResult(process.Address);
                    else process.Kill();
                    exitCode = await process.WaitForExitAsync(_stopping.Token);
                    if (_ready.Task.IsCompleted) Volatile.Write(ref _ready, NewReady());
                }

                if (exitCode == 0)
                {
                    log.EndedForGood();
                    End("The app ended with exit code 0 and is not started again.");
                    return;
                }

                var now = time.GetUtcNow();
                failures = now - lastFailure > QuietTime ? 1 : failures + 1;
                lastFailure = now;
                if (failures >= restartLimit)
                {
                    log.LimitReached(exitCode, failures);
                    End("The restart limit is reached.");
                    _gaveUp.TrySetResult();
                    return;
                }

                log.Restarting(exitCode);
                pause = ready ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, (pause.TotalSeconds * 2) + 0.25));
                await Task.Delay(pause, _stopping.Token);
                process = HttpWorkerProcess.Start(command, log);
                ready = false;
            }
        }
        catch (OperationCanceledException)
        {
            End("LocalHost is stopping.");
        }
        catch (LocalHostException fault)
        {
            // The executable vanished, as it does while it is built anew.
            log.CannotStart(fault.Message);
            End(fault.Message);
            _gaveUp.TrySetResult();
        }
    }

    private void End(string reason)
    {
        _current = null;
        if (!_ready.TrySetException(new WorkerUnavailableException(reason)))
        {
            var ended = NewReady();
            ended.SetException(new WorkerUnavailableException(reason));
            Volatile.Write(ref _ready, ended);
        }

        // Nobody may be waiting for it.
        _ = _ready.Task.Exception;
    }

    private static TaskCompletionSource<Uri> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>There is no app to ask: what is asked gets 500.</summary>
internal sealed class WorkerUnavailableException(string message) : Exception(message);

internal static partial class HttpWorkerSupervisorLog
{
    [LoggerMessage(LogLevel.Warning, "The app ended with exit code {ExitCode}: starting it again.")]
    public static partial void Restarting(this ILogger log, int exitCode);

    [LoggerMessage(LogLevel.Error, "The app ended with exit code 0. The host never starts it again then: every request gets 500.")]
    public static partial void EndedForGood(this ILogger log);

    [LoggerMessage(LogLevel.Error, "The app ended with exit code {ExitCode}, for the {Failures}. time: the host stops.")]
    public static partial void LimitReached(this ILogger log, int exitCode, int failures);

    [LoggerMessage(LogLevel.Error, "The app cannot be started again: {Reason}")]
    public static partial void CannotStart(this ILogger log, string reason);
}
