using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Http;
using CitizenFocus.LocalHost.Queues;
using CitizenFocus.LocalHost.Timers;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>The stand-in for the Functions host: one app, its HTTP, timer and queue functions. Disposing it stops all.</summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpWorkerSupervisor _supervisor;
    private readonly HttpMessageInvoker _worker;
    private readonly WebApplication _web;
    private List<Task> _listeners = [];

    private FunctionsHost(FunctionApp app, HttpWorkerSupervisor supervisor, FunctionsHostOptions options, Uri baseAddress, ILoggerFactory logs)
    {
        App = app;
        BaseAddress = baseAddress;
        _supervisor = supervisor;
        _worker = new HttpMessageInvoker(new WorkerHandler(supervisor));
        _web = WebServer.Build(app, _worker, supervisor, options, baseAddress.Port, FunctionKey, logs);
    }

    public FunctionApp App { get; }

    /// <summary>Where the site is.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Opens functions whose authLevel is not <c>anonymous</c>; another one at each start.</summary>
    public string FunctionKey { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>Completes when the host has to stop because the app died too often.</summary>
    public Task GaveUp => _supervisor.GaveUp;

    /// <summary>The app's process that runs now; for tests, which kill it.</summary>
    internal int? WorkerProcessId => _supervisor.ProcessId;

    /// <summary>Starts the app, then serves it.</summary>
    /// <exception cref="LocalHostException">The app's files make no sense, it does not start, or the port is taken.</exception>
    public static async Task<FunctionsHost> StartAsync(
        FunctionsHostOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken = default)
    {
        var baseAddress = new Uri($"http://localhost:{(options.Port == 0 ? LoopbackPort.Free() : options.Port)}");
        Directory.CreateDirectory(options.DataDirectory);
        Directory.CreateDirectory(options.MailboxDirectory);
        var settings = AppSettings.Compose(options.Settings, options.Storage, options.BaseUrl ?? baseAddress, options.MailboxDirectory);
        var app = FunctionApp.Load(options.App, settings);
        var command = new WorkerCommand(app, settings);
        await AppCommand.RunAsync(command, options.LoadSample ? AppCommand.LoadSample : AppCommand.CreateStorage, cancellationToken);

        var log = logs.CreateLogger<FunctionsHost>();
        var supervisor = new HttpWorkerSupervisor(command, options.RestartLimit, time, log);
        var host = new FunctionsHost(app, supervisor, options, baseAddress, logs);
        try
        {
            var listeners = await host.CreateListenersAsync(settings, options.DataDirectory, time, log, cancellationToken);
            await supervisor.StartAsync(cancellationToken);
            await WebServer.StartAsync(host._web, baseAddress.Port, cancellationToken);
            host._listeners = [.. listeners.Select(run => host.GuardAsync(run, log))];
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_listeners);
        // First the process, so that no request keeps the server waiting.
        await _supervisor.DisposeAsync();
        await _web.StopAsync(CancellationToken.None);
        await _web.DisposeAsync();
        _worker.Dispose();
        _stopping.Dispose();
    }

    private async Task<List<Func<CancellationToken, Task>>> CreateListenersAsync(
        IReadOnlyDictionary<string, string> settings, string dataDirectory, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        var invoker = new FunctionInvoker(_worker, _supervisor, App.Host.Limit, log);
        var statuses = new ScheduleStatusStore(Path.Combine(dataDirectory, "timers.json"));
        var listeners = new List<Func<CancellationToken, Task>>();
        foreach (var function in App.Functions)
        {
            switch (function)
            {
                case TimerFunction timer:
                    listeners.Add(new TimerListener(timer, invoker, statuses, time, log).RunAsync);
                    break;
                case QueueFunction queue:
                    var listener = await QueueListener.CreateAsync(queue, invoker, settings, App.Host.Extensions.Queues, time, log, cancellationToken);
                    listeners.Add(listener.RunAsync);
                    break;
            }
        }

        return listeners;
    }

    private async Task GuardAsync(Func<CancellationToken, Task> run, ILogger log)
    {
        try
        {
            await run(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // LocalHost is stopping.
        }
        catch (Exception fault)
        {
            // Never silently without timers or queues.
            log.ListenerEnded(fault);
        }
    }
}

internal static partial class FunctionsHostLog
{
    [LoggerMessage(LogLevel.Critical, "A timer or a queue is not watched any more: this is a fault of LocalHost.")]
    public static partial void ListenerEnded(this ILogger log, Exception fault);
}
