using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Signs each try anew with the scheme SharedKeyLite, so that a late retry does not carry a stale date.
/// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key#table-service-shared-key-lite-authorization
/// </summary>
internal sealed class TableSharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", Authorization(date, message.Request.Uri.ToUri()));
    }

    /// <summary>
    /// The resource is the account and the path as it is encoded on the wire. On the emulator the path begins with the
    /// account, which therefore stands twice. Of a query only <c>comp</c> would be signed, which no operation here has.
    /// </summary>
    internal string Authorization(string date, Uri uri)
    {
        var signature = credential.Sign($"{date}\n/{credential.AccountName}{uri.AbsolutePath}");
        return $"SharedKeyLite {credential.AccountName}:{signature}";
    }
}
