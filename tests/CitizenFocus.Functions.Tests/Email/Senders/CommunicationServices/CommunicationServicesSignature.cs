using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

/// <summary>The scheme HMAC-SHA256 from the service's side: https://learn.microsoft.com/rest/api/communication/authentication.</summary>
internal static class CommunicationServicesSignature
{
    public static bool IsValid(HttpRequest request, byte[] body, string key)
    {
        string date = request.Headers["x-ms-date"].ToString(), hash = request.Headers["x-ms-content-sha256"].ToString();
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var signature = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.ASCII.GetBytes($"{request.Method}\n{target}\n{date};{request.Host.Value};{hash}"));
        return DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && hash == Convert.ToBase64String(SHA256.HashData(body))
            && request.Headers.Authorization == $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={Convert.ToBase64String(signature)}";
    }
}
