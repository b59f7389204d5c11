using System.Net;
using System.Text;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Sas;

/// <summary>A shared access signature: the query that lets whoever holds the address in.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/create-service-sas</remarks>
public class SasQueryParameters
{
    private protected SasQueryParameters(BlobSasBuilder builder, string identifier, string resource, string signature)
    {
        Protocol = builder.Protocol;
        StartsOn = builder.StartsOn;
        ExpiresOn = builder.ExpiresOn;
        Identifier = identifier;
        Resource = resource;
        Permissions = builder.Permissions ?? "";
        CacheControl = builder.CacheControl;
        ContentDisposition = builder.ContentDisposition;
        ContentEncoding = builder.ContentEncoding;
        ContentLanguage = builder.ContentLanguage;
        ContentType = builder.ContentType;
        Signature = signature;
    }

    /// <summary>The protocol version that the signature was made by (<c>sv</c>).</summary>
    public string Version { get; } = StoragePipeline.ServiceVersion;

    /// <summary>Over what it may be used (<c>spr</c>).</summary>
    public SasProtocol Protocol { get; }

    /// <summary>From when it is good (<c>st</c>); the default value: from now.</summary>
    public DateTimeOffset StartsOn { get; }

    /// <summary>Until when it is good (<c>se</c>).</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>The container's stored access policy (<c>si</c>), or empty.</summary>
    public string Identifier { get; }

    /// <summary><c>b</c>, a blob, or <c>c</c>, a container (<c>sr</c>).</summary>
    public string Resource { get; }

    /// <summary>What it allows, a letter each (<c>sp</c>).</summary>
    public string Permissions { get; }

    /// <summary>Takes the place of the blob's header (<c>rscc</c>).</summary>
    public string? CacheControl { get; }

    /// <summary>Takes the place of the blob's header (<c>rscd</c>).</summary>
    public string? ContentDisposition { get; }

    /// <summary>Takes the place of the blob's header (<c>rsce</c>).</summary>
    public string? ContentEncoding { get; }

    /// <summary>Takes the place of the blob's header (<c>rscl</c>).</summary>
    public string? ContentLanguage { get; }

    /// <summary>Takes the place of the blob's header (<c>rsct</c>).</summary>
    public string? ContentType { get; }

    /// <summary>The HMAC-SHA256 in base64 (<c>sig</c>).</summary>
    public string Signature { get; }

    /// <summary>The query without its question mark. It is a secret while it is good.</summary>
    public override string ToString()
    {
        var query = new StringBuilder();
        AppendProperties(query);
        return query.ToString();
    }

    private protected void AppendProperties(StringBuilder query)
    {
        Append(query, "sv", Version);
        Append(query, "spr", ToText(Protocol), escape: false);
        Append(query, "st", ToText(StartsOn));
        Append(query, "se", ToText(ExpiresOn));
        Append(query, "si", Identifier);
        Append(query, "sr", Resource);
        Append(query, "sp", Permissions);
        Append(query, "rscc", CacheControl);
        Append(query, "rscd", ContentDisposition);
        Append(query, "rsce", ContentEncoding);
        Append(query, "rscl", ContentLanguage);
        Append(query, "rsct", ContentType);
        Append(query, "sig", Signature);
    }

    private protected static void Append(StringBuilder query, string name, string? value, bool escape = true)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(escape ? WebUtility.UrlEncode(value) : value);
    }

    internal static string ToText(DateTimeOffset time) => time == default ? "" : StorageHeaders.FormatIso8601(time);

    internal static string ToText(SasProtocol protocol) => protocol switch
    {
        SasProtocol.Https => "https",
        SasProtocol.HttpsAndHttp => "https,http",
        _ => "",
    };
}
