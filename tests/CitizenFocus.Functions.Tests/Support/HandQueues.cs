using System.Globalization;
using System.Text;
using System.Web;
using System.Xml.Linq;
using Azure.Core;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>
/// The queues by the clock that a test moves: Azurite's messages become visible by the real one. What the apps put is kept
/// here until its time has come, and then handed out in the order of time.
/// </summary>
internal sealed class HandQueues(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(string Queue, string Text), (DateTimeOffset Due, long Number)> _messages = new();
    private long _count;

    /// <summary>When the next message is due; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock) return _messages.TryPeek(out _, out var priority) ? priority.Due : null;
        }
    }

    /// <summary>Takes up to <paramref name="count"/> messages that are due.</summary>
    public IReadOnlyList<(string Queue, string Text)> Take(int count)
    {
        var (now, taken) = (clock.GetUtcNow(), new List<(string, string)>());
        lock (_lock)
        {
            while (taken.Count < count && _messages.TryPeek(out _, out var priority) && priority.Due <= now) taken.Add(_messages.Dequeue());
        }

        return taken;
    }

    /// <summary>Puts a message that is due now, or later.</summary>
    public void Put(string queue, string text, TimeSpan delay = default)
    {
        lock (_lock) _messages.Enqueue((queue, text), (clock.GetUtcNow() + delay, _count++));
    }

    /// <summary>Keeps a message that an app puts.</summary>
    /// <returns>The service's answer; <see langword="null"/> for any other request, which is to be sent.</returns>
    public Azure.Response? TryAnswer(Request request)
    {
        var path = request.Uri.ToUri();
        if (request.Method != RequestMethod.Post || !path.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)) return null;

        using var body = new MemoryStream();
        request.Content!.WriteTo(body, default);
        var text = XDocument.Parse(Encoding.UTF8.GetString(body.ToArray())).Root!.Element("MessageText")!.Value;
        var delay = double.Parse(HttpUtility.ParseQueryString(path.Query)["visibilitytimeout"] ?? "0", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            _messages.Enqueue((path.Segments[^2].TrimEnd('/'), Encoding.UTF8.GetString(Convert.FromBase64String(text))), (clock.GetUtcNow().AddSeconds(delay), _count++));
        }

        return new Created(request.ClientRequestId);
    }

    /// <summary>https://learn.microsoft.com/rest/api/storageservices/put-message#response-body</summary>
    private sealed class Created(string requestId) : Azure.Response
    {
        private const string Body = """
            <?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>00000000-0000-0000-0000-000000000001</MessageId><InsertionTime>Tue, 01 Sep 2026 12:00:00 GMT</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime><PopReceipt>AgAAAA</PopReceipt><TimeNextVisible>Tue, 01 Sep 2026 12:00:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>
            """;

        public override int Status => 201;

        public override string ReasonPhrase => "Created";

        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(Body));

        public override string ClientRequestId { get; set; } = requestId;

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
