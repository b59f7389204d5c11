using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>The two requests there are.</summary>
/// <remarks>https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication/data-plane/Email</remarks>
internal sealed class EmailRestClient
{
    private static readonly ResponseClassifier Accepted = new StatusCodeClassifier([202]);
    private static readonly ResponseClassifier Ok = new StatusCodeClassifier([200]);

    private readonly HttpPipeline _pipeline;
    private readonly Uri _endpoint;
    private readonly string _version;

    public EmailRestClient(Uri endpoint, HttpPipelinePolicy authentication, EmailClientOptions options)
    {
        _endpoint = new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        _version = options.ApiVersion;

        // Behind the retries, so that a late one is signed anew.
        _pipeline = HttpPipelineBuilder.Build(options, authentication);
    }

    public async ValueTask<Response> SendAsync(EmailMessage email, Guid operationId, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(RequestMethod.Post, "/emails:send", Accepted);
        message.Request.Headers.SetValue("Operation-Id", operationId.ToString());
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(EmailJson.Write(email));
        return await SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Response> GetSendResultAsync(string id, CancellationToken cancellationToken)
    {
        using var message = CreateStatusMessage(id);
        return await SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    public Response GetSendResult(string id, CancellationToken cancellationToken)
    {
        using var message = CreateStatusMessage(id);
        _pipeline.Send(message, cancellationToken);
        return Checked(message);
    }

    private async ValueTask<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Checked(message);
    }

    private static Response Checked(HttpMessage message) =>
        message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;

    private HttpMessage CreateStatusMessage(string id) => CreateMessage(RequestMethod.Get, "/emails/operations/" + Uri.EscapeDataString(id), Ok);

    private HttpMessage CreateMessage(RequestMethod method, string path, ResponseClassifier expected)
    {
        var message = _pipeline.CreateMessage(null, expected);
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(_endpoint);
        request.Uri.AppendPath(path, escape: false);
        request.Uri.AppendQuery("api-version", _version);
        request.Headers.SetValue("Accept", "application/json");
        return message;
    }
}
