namespace CitizenFocus.Functions.Web;

/// <summary>What browsers are told not to do with an answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>Pages load from this site only, and run nothing that stands in the page itself.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string PermissionsPolicy = "camera=(), geolocation=(), microphone=()";

    /// <summary>
    /// For every answer. No referrer unless a page says otherwise: an address such as /registrations/{token} is itself
    /// a key, and leaves with the first link that is followed from it.
    /// </summary>
    public static void ApplyTo(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    public static void ApplyToPage(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Permissions-Policy"] = PermissionsPolicy;
    }

    /// <summary>For pages whose addresses are public.</summary>
    public static void ApplyToPublicPage(IHeaderDictionary headers)
    {
        ApplyToPage(headers);
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }
}
