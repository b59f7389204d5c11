using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitizenFocus.Bench.Digests;

/// <summary>A local stand-in for SendGrid: takes each call it gets, remembers who got what how often, and can report one mail of each call.</summary>
internal sealed class SendGridServer : IDigestProvider
{
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Person, string Key)> _firsts = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _app;
    private int _calls;
    private int _reported;

    private SendGridServer(WebApplication app) => _app = app;

    public string Name => "SendGrid";

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Email__Providers"] = "sendgrid",
        ["SendGrid__ApiKey"] = "SG.bench",
        ["SendGrid__BaseUrl"] = Address.AbsoluteUri,
        ["SendGrid__WebhookPublicKey"] = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()),
        ["SendGrid__ReportDeadlineMinutes"] = "5",
    };

    public int Calls => Volatile.Read(ref _calls);

    public int People => _taken.Count;

    public int Doubles => _taken.Values.Sum(count => count - 1);

    public static async Task<SendGridServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new SendGridServer(app);
        app.MapPost("/v3/mail/send", server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Forgets what it took.</summary>
    public void Clear()
    {
        _taken.Clear();
        _calls = 0;
    }

    /// <summary>Posts a signed event on the first mail of each call that was not reported: the others of it follow from that.</summary>
    public async Task ReportAsync(HttpClient client, IPEndPoint app, CancellationToken cancellationToken)
    {
        var events = new JsonArray();
        while (_firsts.TryDequeue(out var first))
        {
            events.Add(new JsonObject
            {
                ["event"] = "processed",
                ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                ["sg_event_id"] = $"e{Interlocked.Increment(ref _reported)}",
                ["person"] = first.Person,
                ["key"] = first.Key,
            });
        }

        if (events.Count == 0) return;
        var (body, timestamp) = (Encoding.UTF8.GetBytes(events.ToJsonString()), DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{app}/hooks/sendgrid"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(_key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var sent = await JsonDocument.ParseAsync(context.Request.Body);
        var isFirst = true;
        foreach (var personalization in sent.RootElement.GetProperty("personalizations").EnumerateArray())
        {
            _taken.AddOrUpdate(personalization.GetProperty("to")[0].GetProperty("email").GetString()!, 1, (_, count) => count + 1);
            if (isFirst && personalization.TryGetProperty("custom_args", out var arguments))
            {
                _firsts.Enqueue((arguments.GetProperty("person").GetString()!, arguments.GetProperty("key").GetString()!));
            }

            isFirst = false;
        }

        Interlocked.Increment(ref _calls);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = Guid.NewGuid().ToString("N");
    }
}
