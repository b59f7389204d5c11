using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>Strong entity tags and If-None-Match (RFC 9110 sections 8.8.3 and 13.1.2).</summary>
internal static class Conditional
{
    /// <summary>The tag of these bytes, with its quotes: 128 bits of their SHA-256.</summary>
    public static string TagOf(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[System.Security.Cryptography.SHA256.HashSizeInBytes];
        System.Security.Cryptography.SHA256.HashData(content, hash);
        return $"\"{System.Buffers.Text.Base64Url.EncodeToString(hash[..16])}\"";
    }

    /// <summary>Whether the client has what bears this tag. Compared weakly, as GET and HEAD are to be.</summary>
    public static bool HasCurrent(HttpRequest request, string tag)
    {
        var header = request.Headers.IfNoneMatch;
        if (StringValues.IsNullOrEmpty(header)) return false;
        if (header.Count == 1 && header[0] == tag) return true;
        return EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(candidate => candidate.Tag == tag || candidate.Tag == "*");
    }
}
