using System.Net;
using CitizenFocus.LocalHost.Functions;
using CitizenFocus.Testing;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.LocalHost.Tests.Support;

/// <summary>A <see cref="FunctionsHost"/> with the stub app, a queue and a data folder of its own.</summary>
public sealed class StubHost : IAsyncDisposable
{
    /// <summary>The stub's files are copied beside the tests.</summary>
    public static string AppFolder => AppContext.BaseDirectory;

    private readonly bool _ownsData;

    private StubHost(FunctionsHost host, string data, bool ownsData, LogLines log, QueueServiceClient queues, string queue)
    {
        _ownsData = ownsData;
        Host = host;
        Data = data;
        Log = log;
        WorkQueue = queues.GetQueueClient(queue);
        PoisonQueue = queues.GetQueueClient(queue + "-poison");
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = host.BaseAddress,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public FunctionsHost Host { get; }

    public HttpClient Client { get; }

    public QueueClient WorkQueue { get; }

    public QueueClient PoisonQueue { get; }

    public LogLines Log { get; }

    public string Data { get; }

    public string Mailbox => Path.Combine(Data, "mailbox");

    /// <summary>Starts the host.</summary>
    /// <param name="settings">Over the defaults: a queue of its own, and a timer that is not due for long.</param>
    /// <param name="data">A folder to go on with; a new one otherwise.</param>
    public static async Task<StubHost> StartAsync(
        Dictionary<string, string>? settings = null,
        TimeProvider? time = null,
        string? data = null,
        bool loadSample = false,
        int? restartLimit = null,
        IPAddress? listen = null,
        IPAddress? proxy = null)
    {
        var storage = await AzuriteFixture.ConnectionStringAsync();
        var queue = AzuriteFixture.UniqueName("work");
        var all = new Dictionary<string, string> { ["WorkQueue"] = queue, ["TickSchedule"] = "0 0 0 1 1 *" };
        foreach (var (name, value) in settings ?? []) all[name] = value;

        var folder = data ?? Directory.CreateTempSubdirectory("localhost-").FullName;
        var log = new LogLines();
        var host = await FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                App = AppFolder,
                Storage = storage,
                DataDirectory = folder,
                MailboxDirectory = Path.Combine(folder, "mailbox"),
                Settings = all,
                LoadSample = loadSample,
                RestartLimit = restartLimit,
                Listen = listen,
                Proxy = proxy,
            },
            time ?? TimeProvider.System,
            LoggerFactory.Create(logging => logging.AddProvider(log)));
        return new(host, folder, data is null, log, new QueueServiceClient(storage), all["WorkQueue"]);
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(path);

    /// <summary>What timers and queues invoked so far, in order: the app's own record of it.</summary>
    public async Task<IReadOnlyList<Invocation>> InvocationsAsync() =>
        [.. (await GetAsync("/do/invocations")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Invocation.Parse)];

    /// <summary>Waits until there are so many.</summary>
    public Task<IReadOnlyList<Invocation>> InvocationsAsync(int count) =>
        Eventually.Async(InvocationsAsync, invocations => invocations.Count >= count);

    public Task SendRawAsync(string text) => WorkQueue.SendMessageAsync(text);

    /// <summary>Sends a message as the app does: base64.</summary>
    public Task SendAsync(string text) => SendRawAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Waits until a message is in the poison queue, and takes it.</summary>
    public async Task<string> PoisonAsync()
    {
        await Eventually.Async(async () => (await PoisonQueue.ExistsAsync()).Value, exists => exists);
        return await Eventually.Async(
            async () => (await PoisonQueue.ReceiveMessagesAsync(1)).Value.FirstOrDefault()?.MessageText ?? "",
            text => text.Length > 0);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        if (_ownsData) Directory.Delete(Data, recursive: true);
    }
}
