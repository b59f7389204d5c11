using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>Who bears the organisers' token (RFC 6750). Where none is configured, nobody does.</summary>
internal sealed class OrganiserAccess(ApiOptions options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = options.Token is { } token ? Hash(token) : null;

    public bool IsOrganiser(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();

        // Hashes have one length, so that comparing them tells nothing of the token's.
        return IsBearer(header) && _expected is not null && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _expected);
    }

    /// <summary>The request has a token, be it the right one or not.</summary>
    public static bool HasToken(HttpRequest request) => IsBearer(request.Headers.Authorization.ToString());

    public static IResult Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = HasToken(context.Request)
            ? "Bearer realm=\"organisers\", error=\"invalid_token\""
            : "Bearer realm=\"organisers\"";
        return Problems.Of(StatusCodes.Status401Unauthorized, "An organiser's token is needed", "Send it as: Authorization: Bearer <token>.");
    }

    private static bool IsBearer(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
