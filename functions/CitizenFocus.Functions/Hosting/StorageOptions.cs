using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// How the storage account is reached: by the settings that the Functions host itself uses, so that there is one truth.
/// Either a connection string in <c>AzureWebJobsStorage</c>, or an identity with <c>AzureWebJobsStorage__accountName</c>
/// (or the three <c>__…ServiceUri</c>), <c>__credential</c> and <c>__clientId</c>.
/// </summary>
internal sealed record StorageOptions
{
    public const string Section = "AzureWebJobsStorage";

    public string? ConnectionString { get; init; }

    public string? AccountName { get; init; }

    public Uri? BlobServiceUri { get; init; }

    public Uri? QueueServiceUri { get; init; }

    public Uri? TableServiceUri { get; init; }

    /// <summary><c>managedidentity</c>, or nothing for what Azure.Identity finds by itself (a developer's sign-in).</summary>
    public string? Credential { get; init; }

    /// <summary>The client id of the user-assigned identity.</summary>
    public string? ClientId { get; init; }

    /// <summary>Put before the name of every table, queue and container: lets tests share an account.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>A record's own <c>ToString</c> would write the account's key.</summary>
    public override string ToString() => nameof(StorageOptions);

    public static StorageOptions Read(Settings settings)
    {
        var options = new StorageOptions
        {
            ConnectionString = settings.OwnText,
            AccountName = settings.Text("accountName"),
            BlobServiceUri = settings.Url("blobServiceUri", "such as https://account.blob.core.windows.net"),
            QueueServiceUri = settings.Url("queueServiceUri", "such as https://account.queue.core.windows.net"),
            TableServiceUri = settings.Url("tableServiceUri", "such as https://account.table.core.windows.net"),
            Credential = settings.Text("credential"),
            ClientId = settings.Text("clientId"),
            NamePrefix = settings.Text("namePrefix") ?? "",
        };
        if (options is { ConnectionString: null, AccountName: null }
            && (options.BlobServiceUri is null || options.QueueServiceUri is null || options.TableServiceUri is null))
        {
            settings.Fault(
                $"Set {Section} to a connection string, or {Section}__accountName (with {Section}__credential=managedidentity and {Section}__clientId) to use an identity.");
        }

        return options;
    }

    /// <param name="policy">Sees each call, before its retries; <see langword="null"/> for none.</param>
    public TableServiceClient CreateTableServiceClient(HttpPipelinePolicy? policy = null)
    {
        var options = With(policy, "table", new TableClientOptions());
        return ConnectionString is not null
            ? new(ConnectionString, options)
            : new(TableServiceUri ?? ServiceUri("table"), CreateCredential(), options);
    }

    /// <inheritdoc cref="CreateTableServiceClient"/>
    public BlobServiceClient CreateBlobServiceClient(HttpPipelinePolicy? policy = null)
    {
        var options = With(policy, "blob", new BlobClientOptions());
        return ConnectionString is not null
            ? new(ConnectionString, options)
            : new(BlobServiceUri ?? ServiceUri("blob"), CreateCredential(), options);
    }

    /// <inheritdoc cref="CreateTableServiceClient"/>
    public QueueServiceClient CreateQueueServiceClient(HttpPipelinePolicy? policy = null)
    {
        // The Functions host expects base64 (host.json, messageEncoding).
        var options = With(policy, "queue", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return ConnectionString is not null
            ? new(ConnectionString, options)
            : new(QueueServiceUri ?? ServiceUri("queue"), CreateCredential(), options);
    }

    private static T With<T>(HttpPipelinePolicy? policy, string service, T options)
        where T : ClientOptions
    {
        options.AddPolicy(new StorageCallPolicy(service), HttpPipelinePosition.PerRetry);
        if (policy is not null) options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return options;
    }

    private Uri ServiceUri(string service) => new($"https://{AccountName}.{service}.core.windows.net");

    private TokenCredential CreateCredential() =>
        !string.Equals(Credential, "managedidentity", StringComparison.OrdinalIgnoreCase) ? new DefaultAzureCredential()
        : ClientId is null ? new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned)
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(ClientId));
}
