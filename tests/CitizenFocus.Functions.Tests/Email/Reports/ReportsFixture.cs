using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Email.Sending;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Reports;

/// <summary>A site whose provider does as it is told, and whose webhook believes a key that the test has.</summary>
public sealed class ReportsFixture : IAsyncLifetime
{
    public const string Key = "test|one";

    private static long _events;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal Site Site { get; private set; } = null!;

    internal FakeSender Sender { get; } = new(EmailProviders.SendGrid);

    internal FakeComposer Composer { get; } = new();

    internal string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    internal DateTimeOffset Now => Site.Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        Site = await Site.StartAsync(
            services => services.AddKeyedSingleton<IEmailSender>(EmailProviders.Pickup, Sender).AddSingleton<IEmailComposer>(Composer),
            ("SendGrid:WebhookPublicKey", PublicKey));
        Sender.Clock = Site.Time;
    }

    public async Task DisposeAsync()
    {
        _key.Dispose();
        await Site.DisposeAsync();
    }

    internal async Task<HttpStatusCode> SendAsync(string address, string key = Key)
    {
        using var response = await Site.InvokeAsync(SendEmail.FunctionName, Site.DueEmail(Site.PersonOf(address), key));
        return response.StatusCode;
    }

    /// <summary>Puts an accepted e-mail into the ledger, without sending it.</summary>
    internal async Task AddAsync(PersonId person, string key = Key) => await Site.Storage.Table(SendLedger.TableName).AddEntityAsync(DeliveryMapping.ToEntity(new()
    {
        Person = person,
        Key = DeliveryKey.Parse(key),
        State = DeliveryState.Accepted,
        Attempt = 1,
        Provider = EmailProviders.SendGrid,
        CreatedAt = Now,
        UpdatedAt = Now,
        OperationId = "test",
    }));

    internal Task AddAsync(string address, string key = Key) => AddAsync(Site.PersonOf(address), key);

    internal async Task<Delivery> RowAsync(string address, string key = Key) => Assert.Single(await Site.DeliveriesAsync(address), row => row.Key.Value == key);

    internal Task<IReadOnlyList<TableEntity>> EventsAsync(string address) => Site.RowsAsync(DeliveryEvents.TableName, Site.PersonOf(address).Value);

    internal async Task<Suppression?> SuppressionAsync(string address) =>
        await Site.Services.GetRequiredService<Suppressions>().FindWithHistoryAsync(Site.PersonOf(address), default);

    internal async Task<IEnumerable<SuppressionCause>> CausesAsync(string address) => (await SuppressionAsync(address))?.Causes.Keys.Order() ?? Enumerable.Empty<SuppressionCause>();

    /// <summary>An event as SendGrid sends it; with an id of its own.</summary>
    internal JsonObject Event(string address, string kind, string key = Key, DateTimeOffset? at = null, Action<JsonObject>? change = null) =>
        Event(Site.PersonOf(address), address, kind, key, at, change);

    internal JsonObject Event(PersonId person, string address, string kind, string key = Key, DateTimeOffset? at = null, Action<JsonObject>? change = null)
    {
        var number = Interlocked.Increment(ref _events).ToString(CultureInfo.InvariantCulture);
        var sent = new JsonObject
        {
            ["email"] = address,
            ["timestamp"] = (at ?? Now).ToUnixTimeSeconds(),
            ["smtp-id"] = $"<{number}@ismtpd>",
            ["event"] = kind,
            ["category"] = new JsonArray("test"),
            ["sg_event_id"] = $"event-{number}",
            ["sg_message_id"] = "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
            ["ip"] = "198.51.100.7",
            ["person"] = person.Value,
            ["key"] = key,
        };
        change?.Invoke(sent);
        return sent;
    }

    internal static Action<JsonObject> HardBounce(string address) => sent =>
        (sent["type"], sent["status"], sent["reason"]) = ("bounce", "5.1.1", $"550 5.1.1 <{address}>: no such user {address.Split('@')[0]} at 198.51.100.9");

    internal static void SoftBounce(JsonObject sent) => (sent["type"], sent["status"], sent["reason"]) = ("blocked", "4.7.1", "try later");

    internal Task<HttpStatusCode> PostAsync(params JsonObject[] events) => PostTextAsync(new JsonArray([.. events.Select(sent => sent.DeepClone())]).ToJsonString());

    internal async Task<HttpStatusCode> PostTextAsync(string body)
    {
        var timestamp = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        return await PostBytesAsync(bytes, timestamp, Sign(timestamp, bytes));
    }

    internal byte[] Sign(string timestamp, byte[] body) =>
        _key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <param name="chunked">Its length is not said beforehand.</param>
    internal async Task<HttpStatusCode> PostBytesAsync(byte[] body, string? timestamp, byte[]? signature, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/sendgrid") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (chunked) request.Headers.TransferEncodingChunked = true;
        if (timestamp is not null) request.Headers.Add(SendGridSignature.TimestampHeader, timestamp);
        if (signature is not null) request.Headers.Add(SendGridSignature.SignatureHeader, Convert.ToBase64String(signature));
        using var response = await Site.Client.SendAsync(request);
        return response.StatusCode;
    }

    internal async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(string path, JsonObject body, bool asOrganiser = true)
    {
        using var response = await Site.SendJsonAsync(HttpMethod.Post, path, body.ToJsonString(), asOrganiser ? Site.AsOrganiser : null);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
