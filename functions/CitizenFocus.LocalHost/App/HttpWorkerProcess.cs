using System.Diagnostics;
using System.Globalization;
using CitizenFocus.LocalHost.Http;

namespace CitizenFocus.LocalHost.App;

/// <summary>One run of the app: a web server of its own on 127.0.0.1. Disposing it kills it, without a farewell, as the host does.</summary>
internal sealed class HttpWorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadinessInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan ReadinessBudget = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task _output;

    private HttpWorkerProcess(Process process, Uri address, ILogger log)
    {
        _process = process;
        Address = address;
        Id = process.Id;
        _output = Task.WhenAll(
            ForwardAsync(process.StandardOutput, line => log.AppWrote(LogLevel.Information, line)),
            ForwardAsync(process.StandardError, line => log.AppWrote(LevelOf(line), line)));
    }

    public Uri Address { get; }

    public int Id { get; }

    /// <summary>Known before <see cref="WaitForExitAsync"/> returns.</summary>
    public bool HasExited
    {
        get
        {
            try
            {
                return _process.HasExited;
            }
            catch (InvalidOperationException)
            {
                // Disposed of.
                return true;
            }
        }
    }

    /// <summary>Starts the app on a port that is free at this moment.</summary>
    public static HttpWorkerProcess Start(WorkerCommand command, ILogger log)
    {
        var port = LoopbackPort.Free();
        var process = command.Start([], new Dictionary<string, string>
        {
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = Guid.NewGuid().ToString(),
            ["FUNCTIONS_APP_ROOT_PATH"] = command.App.Root,
        });
        return new(process, new Uri($"http://127.0.0.1:{port}"), log);
    }

    /// <summary>Asks for <c>/</c> until there is an answer, whatever it says.</summary>
    /// <returns>Whether it came before the process ended or the budget was used up.</returns>
    public async Task<bool> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = ReadinessBudget };
        var started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < ReadinessBudget)
        {
            try
            {
                using var answer = await client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(ReadinessInterval, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code; 128 and the signal's number where a signal ended it.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        // A process that the app left behind may hold the pipes open: its last lines are not waited for.
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromSeconds(1)));
        _process.Dispose();
    }

    // Read by hand: with BeginOutputReadLine, WaitForExitAsync would wait for whoever inherited the pipes as well.
    private static async Task ForwardAsync(StreamReader reader, Action<string> write)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                write(line);
            }
        }
        catch (Exception fault) when (fault is ObjectDisposedException or IOException)
        {
            // The process was disposed of.
        }
    }

    /// <summary>The host sorts standard error by words.</summary>
    private static LogLevel LevelOf(string line) =>
        line.Contains("warn", StringComparison.OrdinalIgnoreCase) ? LogLevel.Warning
        : line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("fail", StringComparison.OrdinalIgnoreCase) ? LogLevel.Error
        : LogLevel.Information;
}

internal static partial class HttpWorkerProcessLog
{
    [LoggerMessage(Message = "app | {Line}", EventName = "AppWrote")]
    public static partial void AppWrote(this ILogger log, LogLevel level, string line);
}
