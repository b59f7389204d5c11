using System.Net.Http.Headers;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Tests.Blobs;

/// <summary>A service of one's own behind the real transport; it keeps what it was asked.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<Asked> Requests { get; } = [];

    /// <summary>Options of a client that talks to this service, and does not wait between its tries.</summary>
    public BlobClientOptions Options
    {
        get
        {
            var options = new BlobClientOptions { Transport = new HttpClientTransport(this) };
            options.Retry.Delay = TimeSpan.Zero;
            options.Retry.MaxDelay = TimeSpan.Zero;
            return options;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
        {
            Requests.Add(new Asked(request.Method, request.RequestUri!, request.Headers, request.Content?.Headers.ToList() ?? [], body));
        }

        return answer(request);
    }

    internal sealed record Asked(
        HttpMethod Method,
        Uri Uri,
        HttpRequestHeaders Headers,
        IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> ContentHeaders,
        string Body)
    {
        public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
    }
}
