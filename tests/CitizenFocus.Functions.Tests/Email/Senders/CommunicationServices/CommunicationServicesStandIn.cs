using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

/// <summary>
/// Azure Communication Services Email 2025-09-01, as its published description has it: one mail an Operation-Id, signatures
/// checked, and errors that repeat the recipient's address.
/// </summary>
internal sealed class CommunicationServicesStandIn : ProviderStandIn
{
    public const string Key = "c2VjcmV0LW9mLXRoZS10ZXN0cw==";

    private readonly Lock _lock = new();
    private readonly List<ReceivedMail> _received = [];
    private readonly Dictionary<Guid, (string Status, string? Error)> _operations = [];

    /// <summary>Of each sending, in order, repeats included.</summary>
    public List<string> OperationIds { get; } = [];

    /// <summary>What a mail that is taken has come to.</summary>
    public string Status { get; set; } = "Running";

    /// <summary>For <see cref="Behaviour.Refuse400"/>.</summary>
    public (int Status, string Code) Refusal { get; set; } = (400, "BadRequest");

    public string RetryAfterHeader { get; set; } = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes mails, and answers with something else than the schema has.</summary>
    public string? Nonsense { get; set; }

    public string ConnectionString => ConnectionStringOf(Address);

    public override IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (_lock) return [.. _received];
        }
    }

    public static string ConnectionStringOf(Uri endpoint, string key = Key) => $"endpoint={endpoint};accesskey={key}";

    /// <summary>What became of a sending.</summary>
    public void Settle(string operationId, string status, string? error = null) => _operations[Guid.Parse(operationId)] = (status, error);

    protected override IResult Take(HttpContext context, byte[] body)
    {
        if (!CommunicationServicesSignature.IsValid(context.Request, body, Key)) return Error(401, "Denied", "Denied by the resource provider.");
        if (context.Request.Query["api-version"] != "2025-09-01") throw new SchemaException("api-version");
        return context.Request switch
        {
            { Method: "POST", Path.Value: "/emails:send" } => Send(context, body),
            { Method: "GET", Path.Value: { } path } when path.StartsWith("/emails/operations/", StringComparison.Ordinal) => Find(path.Split('/')[^1]),
            _ => throw new SchemaException($"{context.Request.Method} {context.Request.Path}"),
        };
    }

    protected override IResult Refuse(Behaviour behaviour, HttpContext context, byte[] body)
    {
        switch (behaviour)
        {
            case Behaviour.Refuse401: return Error(401, "Denied", "Denied by the resource provider.");
            case Behaviour.TooLarge413: return Error(413, "RequestBodyTooLarge", "The request body is too large.");
            case Behaviour.Fail500: return Error(500, "InternalServerError", Words(body));
            case Behaviour.Throttle429:
                context.Response.Headers.RetryAfter = RetryAfterHeader;
                return Error(429, "TooManyRequests", Words(body));
            default: return Error(Refusal.Status, Refusal.Code, Words(body));
        }
    }

    private IResult Send(HttpContext context, byte[] body)
    {
        if (!Guid.TryParseExact(context.Request.Headers["Operation-Id"], "D", out var id)) throw new SchemaException("Operation-Id");
        if (!Guid.TryParse(context.Request.Headers["x-ms-client-request-id"], out _)) throw new SchemaException("x-ms-client-request-id");
        if (body.Length > CommunicationServicesSchema.MaxOctets) return Error(413, "RequestBodyTooLarge", "The request body is too large.");
        var mail = CommunicationServicesSchema.Read(context.Request.ContentType, body);
        lock (_lock)
        {
            OperationIds.Add(id.ToString());
            if (_operations.TryAdd(id, (Status, null))) _received.Add(mail);
            if (Nonsense is not null) return Results.Text(Nonsense, "application/json", statusCode: 202);
            context.Response.Headers["Operation-Location"] = $"{Address}emails/operations/{id}?api-version=2025-09-01";
            context.Response.Headers.RetryAfter = "30";
            return Result(id, _operations[id], 202);
        }
    }

    private IResult Find(string id)
    {
        lock (_lock) return _operations.TryGetValue(Guid.Parse(id), out var operation) ? Result(Guid.Parse(id), operation, 200) : Error(404, "NotFound", "The operation was not found.");
    }

    private static IResult Result(Guid id, (string Status, string? Error) operation, int status)
    {
        var error = operation.Error is null ? "" : $$$""","error":{"code":"{{{operation.Error}}}","message":"Dropped: anna.o'neill@recipient.example"}""";
        return Results.Text($$$"""{"id":"{{{id}}}","status":"{{{operation.Status}}}"{{{error}}}}""", "application/json", statusCode: status);
    }

    private static IResult Error(int status, string code, string message) => Results.Text(
        $$$"""{"error":{"code":"{{{JsonEncodedText.Encode(code)}}}","message":"{{{JsonEncodedText.Encode(message)}}}"}}""", "application/json", Encoding.UTF8, status);

    /// <summary>As providers do: with everything that they were told.</summary>
    private static string Words(byte[] body) => "Not possible: " + Encoding.UTF8.GetString(body);
}
