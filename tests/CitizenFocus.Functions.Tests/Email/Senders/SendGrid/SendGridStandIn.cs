using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email.Reports;
using Microsoft.AspNetCore.Http;

namespace CitizenFocus.Functions.Tests.Email.Senders.SendGrid;

/// <summary>
/// SendGrid's mail/send of the Web API v3 as its published description has it: all mails of a call or none, no memory of
/// calls, errors that repeat addresses, and signed events about what it took.
/// </summary>
internal sealed class SendGridStandIn : ProviderStandIn
{
    public const string ApiKey = "SG.secret-of-the-tests";

    private readonly Lock _lock = new();
    private readonly List<(ReceivedMail Mail, IReadOnlyDictionary<string, string> Arguments)> _received = [];
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A call with one of these among its recipients is refused as a whole.</summary>
    public HashSet<string> BadAddresses { get; } = [];

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public override IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (_lock) return [.. _received.Select(taken => taken.Mail)];
        }
    }

    /// <summary>What the event webhook posts: one event of a kind for each mail taken from the one at <paramref name="first"/> on.</summary>
    public HttpRequestMessage Events(string kind, int first, DateTimeOffset now)
    {
        var events = new JsonArray();
        lock (_lock)
        {
            foreach (var ((mail, arguments), n) in _received.Skip(first).Select((taken, n) => (taken, n)))
            {
                var e = new JsonObject
                {
                    ["email"] = mail.To,
                    ["timestamp"] = now.ToUnixTimeSeconds(),
                    ["event"] = kind,
                    ["sg_event_id"] = $"{kind}-{first + n}",
                    ["sg_message_id"] = $"message-{first + n}",
                };
                foreach (var (name, value) in arguments) e[name] = value;
                events.Add(e);
            }
        }

        var (body, timestamp) = (Encoding.UTF8.GetBytes(events.ToJsonString()), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var signature = _key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new(HttpMethod.Post, "/hooks/sendgrid")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            Headers = { { SendGridSignature.SignatureHeader, Convert.ToBase64String(signature) }, { SendGridSignature.TimestampHeader, timestamp } },
        };
    }

    protected override IResult Take(HttpContext context, byte[] body)
    {
        if (context.Request.Headers.Authorization != "Bearer " + ApiKey) return Error(401, "The provided authorization grant is invalid, expired, or revoked", null);
        if ((context.Request.Method, context.Request.Path.Value) != ("POST", "/v3/mail/send")) throw new SchemaException($"{context.Request.Method} {context.Request.Path}");
        if (body.Length > SendGridSchema.MaxOctets) return Error(413, "The payload is too large", null);

        var mails = SendGridSchema.Read(context.Request.ContentType, body);
        lock (_lock)
        {
            if (mails.FirstOrDefault(taken => BadAddresses.Contains(taken.Mail.To)).Mail is { } bad)
            {
                return Error(400, $"Does not contain a valid address: {bad.To}", "personalizations.0.to.0.email");
            }

            _received.AddRange(mails);
            context.Response.Headers["X-Message-Id"] = $"call-{_received.Count}";
        }

        return Results.StatusCode(202);
    }

    protected override IResult Refuse(Behaviour behaviour, HttpContext context, byte[] body)
    {
        var words = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 2_000));
        switch (behaviour)
        {
            case Behaviour.Refuse401: return Error(401, "The provided authorization grant is invalid, expired, or revoked", null);
            case Behaviour.TooLarge413: return Error(413, words, null);
            case Behaviour.Fail500: return Error(500, words, null);
            case Behaviour.Throttle429:
                // The tests' clock stands at this instant.
                context.Response.Headers["X-RateLimit-Reset"] = (new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero) + RetryAfter).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                return Error(429, "too many requests", null);
            default: return Error(400, words, "personalizations.0.to");
        }
    }

    private static IResult Error(int status, string message, string? field) => Results.Text(
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["field"] = field, ["help"] = null }) }.ToJsonString(), "application/json", Encoding.UTF8, status);
}

/// <summary>The request body of mail/send (sendgrid-oai, tsg_mail_v3.yaml). What it does not name is not allowed.</summary>
internal static class SendGridSchema
{
    public const int MaxOctets = 30 * 1024 * 1024;
    private const int MaxPersonalizations = 1_000;
    private const int MaxArguments = 10_000;

    private static readonly string[] ReservedHeaders =
    [
        "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from", "subject", "reply-to", "cc", "bcc",
    ];

    /// <exception cref="SchemaException">Names what is wrong.</exception>
    public static IReadOnlyList<(ReceivedMail Mail, IReadOnlyDictionary<string, string> Arguments)> Read(string? contentType, byte[] body)
    {
        Require(contentType == "application/json", "Content-Type");
        using var document = JsonDocument.Parse(body);
        var call = document.RootElement;
        Names(call, "mail", ["personalizations", "from", "content"], ["subject", "attachments", "headers", "categories", "custom_args", "mail_settings", "tracking_settings", "reply_to"]);
        var (from, replyTo) = (Address(call.GetProperty("from")), call.TryGetProperty("reply_to", out var answers) ? Address(answers).Email : null);
        var contents = call.GetProperty("content").EnumerateArray().Select(content =>
        {
            Names(content, "content", ["type", "value"], []);
            return (Type: Text(content, "type"), Value: Text(content, "value"));
        }).ToList();
        Require(contents.Count >= 2 && contents[0].Type == "text/plain" && contents[1].Type == "text/html", "text/plain comes first, then text/html");
        Require(!call.TryGetProperty("categories", out var categories) || categories.GetArrayLength() <= 10, "categories");
        Names(call.GetProperty("tracking_settings"), "tracking_settings", ["click_tracking", "open_tracking"], []);
        var files = Files(call).Concat(contents.Skip(2).Select(Alternative)).ToList();
        var personalizations = call.GetProperty("personalizations").EnumerateArray().ToList();
        Require(personalizations.Count is >= 1 and <= MaxPersonalizations, "personalizations");

        var mails = personalizations.Select(each =>
        {
            Names(each, "personalization", ["to"], ["subject", "headers", "substitutions", "custom_args"]);
            var to = Address(each.GetProperty("to").EnumerateArray().Single());
            var (substitutions, arguments) = (Pairs(each, "substitutions"), Pairs(each, "custom_args"));
            Require(arguments.Sum(pair => pair.Key.Length + pair.Value.Length) <= MaxArguments && substitutions.Sum(pair => pair.Key.Length + pair.Value.Length) <= MaxArguments, "10,000 octets");
            var headers = Pairs(call, "headers").Concat(Pairs(each, "headers")).ToDictionary(StringComparer.OrdinalIgnoreCase);
            Require(headers.All(header => !ReservedHeaders.Contains(header.Key.ToLowerInvariant()) && header.Value.All(c => c is >= ' ' and < '\x7f')), "headers");
            string Replaced(string text) => substitutions.Aggregate(text, (replaced, pair) => replaced.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
            return (new ReceivedMail
            {
                From = from.Email,
                FromName = from.Name,
                To = to.Email,
                ToName = to.Name,
                ReplyTo = replyTo,
                Subject = Replaced(Text(call, "subject")),
                Text = Replaced(contents[0].Value),
                Html = Replaced(contents[1].Value),
                Headers = headers,
                Files = files,
            }, (IReadOnlyDictionary<string, string>)arguments);
        }).ToList();
        Require(mails.DistinctBy(mail => mail.Item1.To.ToLowerInvariant()).Count() == mails.Count, "each address once");
        return mails;
    }

    private static IEnumerable<ReceivedFile> Files(JsonElement call)
    {
        if (!call.TryGetProperty("attachments", out var attachments)) yield break;
        foreach (var file in attachments.EnumerateArray())
        {
            Names(file, "attachment", ["content", "filename"], ["type", "disposition"]);
            yield return new(Text(file, "filename"), Text(file, "type").Split(';')[0], null, Encoding.UTF8.GetString(Convert.FromBase64String(Text(file, "content"))));
        }
    }

    private static ReceivedFile Alternative((string Type, string Value) content)
    {
        var parts = content.Type.Split("; ");
        return new(null, parts[0], parts.FirstOrDefault(part => part.StartsWith("method=", StringComparison.Ordinal))?["method=".Length..], content.Value);
    }

    private static (string Email, string? Name) Address(JsonElement address)
    {
        Names(address, "address", ["email"], ["name"]);
        Require(System.Net.Mail.MailAddress.TryCreate(Text(address, "email"), out _), "email");
        return (Text(address, "email"), address.TryGetProperty("name", out var name) ? name.GetString() : null);
    }

    private static Dictionary<string, string> Pairs(JsonElement parent, string name) => parent.TryGetProperty(name, out var pairs)
        ? pairs.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? throw new SchemaException(name))
        : [];

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new SchemaException(name);

    private static void Names(JsonElement element, string what, string[] required, string[] allowed)
    {
        Require(element.ValueKind == JsonValueKind.Object, what);
        var names = element.EnumerateObject().Select(member => member.Name).ToList();
        Require(required.All(names.Contains), $"{what} lacks something");
        Require(names.All(name => required.Contains(name) || allowed.Contains(name)), $"{what} has {string.Join(", ", names)}");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new SchemaException(what);
    }
}
