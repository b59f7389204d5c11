using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Bytes that many visitors get, ready in two encodings, each with its own entity tag (RFC 9110 section 8.8.3.3), and
/// answered conditionally. The Functions host compresses nothing. What is served so must be public: compressing a secret
/// beside what a visitor typed would leak it by its length.
/// </summary>
internal sealed class Representation
{
    private const string Brotli = "br";

    /// <summary>Much smaller than 4 at twice the time; 11 would take a hundred times as long.</summary>
    private const int BrotliQuality = 5;

    private const int BrotliWindowBits = 18;

    private static readonly StringValues BrotliHeader = Brotli;
    private static readonly StringValues VaryHeader = "Accept-Encoding";

    private readonly StringValues _contentType;
    private readonly StringValues _cacheControl;
    private readonly Encoded _plain;
    private readonly Lazy<Encoded?>? _brotli;

    public Representation(byte[] body, string contentType, string cacheControl, bool compress)
    {
        _contentType = contentType;
        _cacheControl = cacheControl;
        _plain = new Encoded(body);

        // By the first who can read it: a cold start has nothing to spare.
        _brotli = compress ? new(() => Compress(body)) : null;
    }

    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        var brotli = _brotli is not null && AcceptsBrotli(request) ? _brotli.Value : null;
        var encoded = brotli ?? _plain;
        headers.ETag = encoded.TagHeader;
        headers.CacheControl = _cacheControl;
        if (_brotli is not null) headers.Vary = VaryHeader;
        if (Conditional.HasCurrent(request, encoded.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = _contentType;
        headers.ContentLength = encoded.Bytes.Length;
        if (brotli is not null) headers.ContentEncoding = BrotliHeader;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(encoded.Bytes, 0, encoded.Bytes.Length);
    }

    private static bool AcceptsBrotli(HttpRequest request)
    {
        var header = request.Headers.AcceptEncoding;
        if (header.Count == 0) return false;

        // What browsers send, spared the parsing.
        if (header.Count == 1 && header[0] is "gzip, deflate, br" or "gzip, deflate, br, zstd") return true;
        return StringWithQualityHeaderValue.TryParseList(header, out var codings)
            && codings.Any(coding => coding.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);
    }

    private static Encoded? Compress(byte[] body)
    {
        var compressed = new byte[body.Length];
        return BrotliEncoder.TryCompress(body, compressed, out var length, BrotliQuality, BrotliWindowBits) && length < body.Length
            ? new Encoded(compressed[..length])
            : null;
    }

    private sealed class Encoded(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public string Tag { get; } = Conditional.TagOf(bytes);

        public StringValues TagHeader => Tag;
    }
}
