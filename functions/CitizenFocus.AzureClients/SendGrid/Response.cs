using System.Net;
using System.Net.Http.Headers;

namespace CitizenFocus.AzureClients.SendGrid;

/// <summary>What SendGrid answered. Unlike Azure's clients, SendGrid's throws for no status.</summary>
public class Response(HttpStatusCode statusCode, HttpContent responseBody, HttpResponseHeaders responseHeaders)
{
    public HttpStatusCode StatusCode { get; set; } = statusCode;

    public HttpContent Body { get; set; } = responseBody;

    public HttpResponseHeaders Headers { get; set; } = responseHeaders;

    public bool IsSuccessStatusCode => StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}
