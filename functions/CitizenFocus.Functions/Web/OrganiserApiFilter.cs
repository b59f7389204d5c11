using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>Lets in who bears the organisers' token (RFC 6750). Where none is configured, nobody.</summary>
internal sealed class OrganiserApiFilter(ApiOptions options) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = options.Token is { } token ? Hash(token) : null;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        var isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

        // Hashes have one length, so that comparing them tells nothing of the token's.
        if (isBearer && _expected is not null && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _expected)) return next(context);

        context.HttpContext.Response.Headers.WWWAuthenticate = isBearer
            ? "Bearer realm=\"organisers\", error=\"invalid_token\""
            : "Bearer realm=\"organisers\"";
        return ValueTask.FromResult<object?>(Problems.Of(
            StatusCodes.Status401Unauthorized, "An organiser's token is needed", "Send it as: Authorization: Bearer <token>."));
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
