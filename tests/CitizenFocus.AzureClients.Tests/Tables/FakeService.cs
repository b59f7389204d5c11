using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Tests.Tables;

/// <summary>A service that answers as told, request after request, and remembers what it was asked.</summary>
internal sealed class FakeService(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<(HttpRequestMessage Request, string Body)> Requests { get; } = [];

    public static Func<HttpResponseMessage> Answer(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) => () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    };

    public static HttpResponseMessage Broken() => throw new HttpRequestException("The connection broke.");

    /// <summary>Retries as Azure.Core does, without the waits.</summary>
    public TableClientOptions Options() => new()
    {
        Transport = new HttpClientTransport(this),
        RetryPolicy = new RetryPolicy(3, DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero)),
    };

    public TableClient Table() =>
        new(new Uri("https://account.table.core.windows.net"), "webinars", new TableSharedKeyCredential("account", "a2V5"), Options());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request, body));
        return answers[Math.Min(Requests.Count, answers.Length) - 1]();
    }
}
