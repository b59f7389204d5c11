using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Builds the requests of both clients, and sends them. https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
/// </summary>
internal sealed class TableRestClient
{
    /// <summary>The least metadata that tells the types of an entity's properties.</summary>
    public const string Json = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    private TableRestClient(Uri endpoint, string? accountName, HttpPipelinePolicy? authentication, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new TableClientOptions();
        Endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        AccountName = accountName ?? AccountNameOf(endpoint);
        _version = options.VersionString;

        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = TableErrorParser.Instance };
        if (authentication is not null)
        {
            pipeline.PerRetryPolicies.Add(authentication);
        }

        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>Without a slash at its end.</summary>
    public Uri Endpoint { get; }

    public string AccountName { get; }

    public static TableRestClient Create(string connectionString, TableClientOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var storage = Storage.StorageConnectionString.Parse(connectionString);
        return Create(storage.TableEndpoint, new TableSharedKeyCredential(storage.AccountName, storage.AccountKey), options);
    }

    public static TableRestClient Create(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new TableRestClient(endpoint, accountName: null, new TableSharedKeyPolicy(credential), options);
    }

    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory</remarks>
    public static TableRestClient Create(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential, "tokenCredential");
        return endpoint.Scheme == Uri.UriSchemeHttps
            ? new TableRestClient(endpoint, accountName: null, new BearerTokenAuthenticationPolicy(credential, "https://storage.azure.com/.default"), options)
            : throw new ArgumentException("Cannot use TokenCredential without HTTPS.", nameof(endpoint));
    }

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">What follows the endpoint, encoded, with a slash at its beginning.</param>
    /// <param name="expected">The statuses that are no error: neither thrown nor reported as one by the diagnostics.</param>
    public HttpMessage CreateMessage(RequestMethod method, string path, ResponseClassifier expected)
    {
        var message = _pipeline.CreateMessage(null, expected);
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(Endpoint);
        request.Uri.AppendPath(path, escape: false);
        request.Headers.SetValue("x-ms-version", _version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", Json);
        return message;
    }

    /// <summary>As <see cref="CreateMessage(RequestMethod, string, ResponseClassifier)"/>, with a body; the message owns the buffer then.</summary>
    /// <exception cref="RequestFailedException">413: the body is larger than the service takes.</exception>
    public HttpMessage CreateMessage(
        RequestMethod method, string path, ResponseClassifier expected, PooledBufferWriter body, string contentType = "application/json")
    {
        ServiceLimits.CheckBody(body.WrittenCount);
        var message = CreateMessage(method, path, expected);
        message.Request.Headers.SetValue("Content-Type", contentType);
        message.Request.Content = new PooledRequestContent(body);
        return message;
    }

    /// <exception cref="RequestFailedException">The status is none of those expected.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }

    /// <summary>The host's first label, or the path's first segment where the host is the emulator's.</summary>
    private static string AccountNameOf(Uri endpoint)
    {
        var isPathStyle = endpoint.HostNameType != UriHostNameType.Dns || !endpoint.Host.Contains('.', StringComparison.Ordinal);
        return isPathStyle
            ? endpoint.AbsolutePath.Trim('/').Split('/')[0]
            : endpoint.Host.Split('.')[0];
    }
}
