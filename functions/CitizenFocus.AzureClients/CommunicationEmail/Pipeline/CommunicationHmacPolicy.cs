using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>Signs each try of a request with the resource's access key, with a date of its own.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/communication/authentication</remarks>
internal sealed class CommunicationHmacPolicy(AzureKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var hash = HashOf(request.Content);
        request.Headers.SetValue("x-ms-date", date);
        request.Headers.SetValue("x-ms-content-sha256", hash);
        request.Headers.SetValue("Authorization", Authorization(credential.Key, request.Method, request.Uri.ToUri(), date, hash));
    }

    /// <param name="key">Base64.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="uri">As it goes over the wire: its port is part of the host where it is not the scheme's own.</param>
    /// <param name="date">The header <c>x-ms-date</c>.</param>
    /// <param name="hash">The header <c>x-ms-content-sha256</c>.</param>
    internal static string Authorization(string key, RequestMethod method, Uri uri, string date, string hash)
    {
        var signed = $"{method.Method}\n{uri.PathAndQuery}\n{date};{uri.Authority};{hash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(signed)));
        return $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}";
    }

    private static string HashOf(RequestContent? content)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write)) content?.WriteTo(stream, default);
        return Convert.ToBase64String(sha.Hash!);
    }
}
