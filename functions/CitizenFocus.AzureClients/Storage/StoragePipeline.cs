using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>Makes the pipelines that the blob and queue clients send their requests through.</summary>
internal static class StoragePipeline
{
    /// <summary>The protocol version in every request's <c>x-ms-version</c> and every signature's <c>sv</c>.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services</remarks>
    public const string ServiceVersion = "2026-10-06";

    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory</remarks>
    private const string Scope = "https://storage.azure.com/.default";

    /// <summary>What may be logged beside Azure.Core's own; a signature (<c>sig</c>) never is.</summary>
    private static readonly string[] LoggedHeaders =
        ["Accept-Ranges", "Content-Range", "x-ms-blob-type", "x-ms-date", "x-ms-error-code", "x-ms-range", "x-ms-request-id", "x-ms-version"];

    private static readonly string[] LoggedParameters =
        ["blockid", "comp", "include", "marker", "maxresults", "messagettl", "numofmessages", "peekonly", "restype", "visibilitytimeout"];

    /// <summary>Gives a client's options the defaults of the official storage clients.</summary>
    public static void SetDefaults(ClientOptions options)
    {
        options.Retry.MaxRetries = 5;
        foreach (var header in LoggedHeaders)
        {
            options.Diagnostics.LoggedHeaderNames.Add(header);
        }

        foreach (var parameter in LoggedParameters)
        {
            options.Diagnostics.LoggedQueryParameters.Add(parameter);
        }
    }

    /// <summary>A pipeline without authentication, for addresses that carry a shared access signature.</summary>
    public static HttpPipeline Build(ClientOptions options) => Build(options, []);

    public static HttpPipeline Build(ClientOptions options, StorageSharedKeyCredential credential) =>
        Build(options, [new StorageSharedKeyPolicy(credential)]);

    /// <exception cref="ArgumentException"><paramref name="endpoint"/> is not HTTPS: the token would be readable on the way.</exception>
    public static HttpPipeline Build(ClientOptions options, TokenCredential credential, Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return endpoint.Scheme == Uri.UriSchemeHttps
            ? Build(options, [new BearerTokenAuthenticationPolicy(credential, Scope)])
            : throw new ArgumentException("Cannot use TokenCredential without HTTPS.", nameof(endpoint));
    }

    private static HttpPipeline Build(ClientOptions options, HttpPipelinePolicy[] perRetryPolicies)
    {
        var pipelineOptions = new HttpPipelineOptions(options) { RequestFailedDetailsParser = new StorageErrorParser() };
        foreach (var policy in perRetryPolicies)
        {
            pipelineOptions.PerRetryPolicies.Add(policy);
        }

        return HttpPipelineBuilder.Build(pipelineOptions);
    }
}
