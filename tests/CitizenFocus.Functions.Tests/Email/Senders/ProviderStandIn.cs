using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.Functions.Tests.Email.Senders;

/// <summary>A provider's server, on a real Kestrel at a free loopback port, that does as it is told.</summary>
internal abstract class ProviderStandIn : IAsyncDisposable
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(42);

    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _violations = new();
    private WebApplication? _app;
    private int _requests;

    /// <summary>For the requests to come, one each; after them <see cref="Otherwise"/>.</summary>
    public ConcurrentQueue<Behaviour> Next { get; } = new();

    public Func<Behaviour> Otherwise { get; set; } = () => Behaviour.Accept;

    public Uri Address => new(_app!.Urls.Single());

    public int Requests => _requests;

    /// <summary>What broke the published schema.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>What was taken, each once, in order.</summary>
    public abstract IReadOnlyList<ReceivedMail> Received { get; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        // A test that ends while a request hangs does not wait for it.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    /// <summary>Until a request hangs.</summary>
    public Task HangsAsync() => _hangs.Task;

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app) await app.DisposeAsync();
    }

    /// <summary>Checks the request, does what it asks for, and answers as the provider would.</summary>
    /// <exception cref="SchemaException">The request breaks the schema; it is noted, and answered as <see cref="Behaviour.Refuse400"/>.</exception>
    protected abstract IResult Take(HttpContext context, byte[] body);

    /// <summary>Answers as the provider would that does nothing.</summary>
    /// <param name="behaviour">Refuse400, Refuse401, TooLarge413, Throttle429 or Fail500.</param>
    protected abstract IResult Refuse(Behaviour behaviour, HttpContext context, byte[] body);

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (!Next.TryDequeue(out var behaviour)) behaviour = Otherwise();
        if (behaviour == Behaviour.CutBeforeReading)
        {
            context.Abort();
            return;
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        switch (behaviour)
        {
            case Behaviour.Hang:
                _hangs.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;

            case Behaviour.CutAfterReading:
                CheckedTake(context, body);
                context.Abort();
                return;

            case Behaviour.Accept:
                await CheckedTake(context, body).ExecuteAsync(context);
                return;

            default:
                await Refuse(behaviour, context, body).ExecuteAsync(context);
                return;
        }
    }

    private IResult CheckedTake(HttpContext context, byte[] body)
    {
        try
        {
            return Take(context, body);
        }
        catch (SchemaException e)
        {
            _violations.Enqueue(e.Message);
            return Refuse(Behaviour.Refuse400, context, body);
        }
    }
}

/// <summary>How a provider treats a request.</summary>
internal enum Behaviour
{
    Accept,
    Refuse400,
    Refuse401,
    TooLarge413,
    Throttle429,
    Fail500,

    /// <summary>Reads it, and never answers; it is not taken.</summary>
    Hang,

    CutBeforeReading,

    /// <summary>It is taken, but nobody is told.</summary>
    CutAfterReading,
}

/// <summary>A request that the provider's published schema does not allow.</summary>
internal sealed class SchemaException(string message) : Exception(message);
