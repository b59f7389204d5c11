using System.Globalization;
using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>
/// Signs each try of a blob or queue request with the account's key. It stands behind the retry policy, since the
/// service refuses a date that is more than 15 minutes old.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</remarks>
internal sealed class StorageSharedKeyPolicy(StorageSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    private const string StorageHeaderPrefix = "x-ms-";

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture));
        var signature = credential.ComputeHMACSHA256(StringToSign(request));
        request.Headers.SetValue("Authorization", $"SharedKey {credential.AccountName}:{signature}");
    }

    internal string StringToSign(Request request)
    {
        var text = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(Header(request, "Content-Encoding")).Append('\n')
            .Append(Header(request, "Content-Language")).Append('\n')
            .Append(ContentLength(request)).Append('\n')
            .Append(Header(request, "Content-MD5")).Append('\n')
            .Append(Header(request, "Content-Type")).Append('\n')
            .Append('\n') // Date, which x-ms-date replaces.
            .Append(Header(request, "If-Modified-Since")).Append('\n')
            .Append(Header(request, "If-Match")).Append('\n')
            .Append(Header(request, "If-None-Match")).Append('\n')
            .Append(Header(request, "If-Unmodified-Since")).Append('\n')
            .Append(Header(request, "Range")).Append('\n');
        AppendCanonicalizedHeaders(text, request);
        AppendCanonicalizedResource(text, request.Uri.ToUri());
        return text.ToString();
    }

    /// <summary>
    /// The transport sets the header, after this. Since version 2015-02-21 an empty body counts as none.
    /// </summary>
    private static string ContentLength(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "";

    private static string Header(Request request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value ?? "" : "";

    private static void AppendCanonicalizedHeaders(StringBuilder text, Request request)
    {
        var headers = request.Headers
            .Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
            .Where(header => header.Name.StartsWith(StorageHeaderPrefix, StringComparison.Ordinal))
            .OrderBy(header => SortKey(header.Name), StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }
    }

    /// <summary>
    /// The service sorts by a Windows collation, where an underscore (only metadata has one) comes before digits and
    /// letters; in ASCII it stands between them. A full stop, which no header has, is at the right place.
    /// </summary>
    private static string SortKey(string name) => name.Replace('_', '.');

    /// <summary>
    /// The account, then the path as sent: on the emulator, whose paths start with the account, it is there twice.
    /// </summary>
    private void AppendCanonicalizedResource(StringBuilder text, Uri uri)
    {
        text.Append('/').Append(credential.AccountName).Append(uri.AbsolutePath);
        var parameters = uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .Select(pair => (Name: Decode(pair[0]).ToLowerInvariant(), Value: Decode(pair.ElementAtOrDefault(1) ?? "")))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }
    }

    private static string Decode(string value) => WebUtility.UrlDecode(value);
}
