using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Library;

/// <summary>A blob handed through, never held whole: conditions and one range as RFC 9110 (sections 13 and 14) has them.</summary>
internal sealed class FileAnswer(BlobClient blob, BlobProperties properties, DocumentFile file, string contentDisposition) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var length = properties.ContentLength;
        var tag = new EntityTagHeaderValue(properties.ETag.ToString("H"));
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = properties.LastModified;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentDisposition = contentDisposition;

        if (IsCurrent(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        var range = RequestedRange(request, tag);
        if (range is null)
        {
            response.ContentLength = length;
            if (!HttpMethods.IsHead(request.Method)) await CopyAsync(response, default, httpContext.RequestAborted);
            return;
        }

        if (Resolve(range, length) is not var (from, to))
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{length}";
            response.ContentLength = 0;
            return;
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        headers.ContentRange = new(from, to, length);
        response.ContentLength = to - from + 1;
        await CopyAsync(response, new(from, to - from + 1), httpContext.RequestAborted);
    }

    private async Task CopyAsync(HttpResponse response, HttpRange range, CancellationToken cancellationToken)
    {
        // The blob that the headers speak of, or none.
        var options = new BlobDownloadOptions { Range = range, Conditions = new() { IfMatch = properties.ETag } };
        using var download = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value;
        await download.Content.CopyToAsync(response.Body, cancellationToken);
    }

    private bool IsCurrent(HttpRequest request, EntityTagHeaderValue tag)
    {
        var conditions = request.GetTypedHeaders();
        if (conditions.IfNoneMatch is { Count: > 0 } tags)
        {
            return tags.Any(candidate => candidate.Tag == "*" || candidate.Compare(tag, useStrongComparison: false));
        }

        return conditions.IfModifiedSince is { } since && Seconds(properties.LastModified) <= since;
    }

    /// <summary>The one range that is asked for. Several in one request may be ignored (RFC 9110, section 14.2), and are.</summary>
    private RangeItemHeaderValue? RequestedRange(HttpRequest request, EntityTagHeaderValue tag)
    {
        if (!HttpMethods.IsGet(request.Method)) return null;

        var headers = request.GetTypedHeaders();
        if (headers.Range is not { Ranges: { Count: 1 } ranges } range || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;

        var stillTheSame = headers.IfRange switch
        {
            null => true,
            { EntityTag: { } expected } => expected.Compare(tag, useStrongComparison: true),
            { LastModified: { } date } => Seconds(properties.LastModified) == date,
            _ => false,
        };
        return stillTheSame ? ranges.First() : null;
    }

    private static (long From, long To)? Resolve(RangeItemHeaderValue range, long length)
    {
        var (from, to) = range switch
        {
            { From: { } first } => (first, Math.Min(range.To ?? length - 1, length - 1)),
            { To: { } last } => (Math.Max(0, length - last), last == 0 ? -1 : length - 1),
            _ => (0, -1),
        };
        return from <= to && from < length ? (from, to) : null;
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
