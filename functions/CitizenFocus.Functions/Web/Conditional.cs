using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>Strong entity tags, If-None-Match and If-Match (RFC 9110 sections 8.8.3, 13.1.2 and 13.1.1).</summary>
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

    /// <summary>The tag of a row as organisers see it: the storage's own is a weak one, which If-Match does not take.</summary>
    public static string TagOf(ETag stored) => TagOf(System.Text.Encoding.ASCII.GetBytes(stored.ToString()));

    /// <summary>Whether If-Match names the row as it is; <see langword="null"/> where the header is absent.</summary>
    public static bool? Matches(HttpRequest request, ETag stored) => request.Headers.IfMatch.Count == 0
        ? null
        : EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag.Value == TagOf(stored));
}
