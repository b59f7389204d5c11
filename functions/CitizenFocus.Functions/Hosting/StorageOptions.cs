using Azure.Core;
using Azure.Identity;

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

    /// <summary>Put before the name of every table, queue and container: lets several sites, or tests, share an account.</summary>
    public string NamePrefix { get; init; } = "";

    /// <exception cref="InvalidOperationException">Neither a connection string nor an account is given, or one is malformed.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = new StorageOptions
        {
            ConnectionString = NullIfEmpty(section.Value),
            AccountName = NullIfEmpty(section["accountName"]),
            BlobServiceUri = UriOf("blobServiceUri"),
            QueueServiceUri = UriOf("queueServiceUri"),
            TableServiceUri = UriOf("tableServiceUri"),
            Credential = NullIfEmpty(section["credential"]),
            ClientId = NullIfEmpty(section["clientId"]),
            NamePrefix = configuration["Storage:NamePrefix"] ?? "",
        };
        if (options.ConnectionString is null
            && options.AccountName is null
            && (options.BlobServiceUri is null || options.QueueServiceUri is null || options.TableServiceUri is null))
        {
            throw new InvalidOperationException(
                $"Set {Section} to a connection string, or {Section}__accountName (with {Section}__credential=managedidentity and {Section}__clientId) to use an identity.");
        }

        return options;

        Uri? UriOf(string name) =>
            NullIfEmpty(section[name]) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri
            : throw new InvalidOperationException($"{Section}__{name} is no absolute URL.");
    }

    public TableServiceClient CreateTableServiceClient() =>
        ConnectionString is not null
            ? new(ConnectionString)
            : new(TableServiceUri ?? ServiceUri("table"), CreateCredential());

    public BlobServiceClient CreateBlobServiceClient() =>
        ConnectionString is not null
            ? new(ConnectionString)
            : new(BlobServiceUri ?? ServiceUri("blob"), CreateCredential());

    public QueueServiceClient CreateQueueServiceClient()
    {
        // The Functions host expects base64 (host.json, messageEncoding).
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        return ConnectionString is not null
            ? new(ConnectionString, options)
            : new(QueueServiceUri ?? ServiceUri("queue"), CreateCredential(), options);
    }

    private Uri ServiceUri(string service) => new($"https://{AccountName}.{service}.core.windows.net");

    private TokenCredential CreateCredential() =>
        !string.Equals(Credential, "managedidentity", StringComparison.OrdinalIgnoreCase) ? new DefaultAzureCredential()
        : ClientId is null ? new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned)
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(ClientId));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
