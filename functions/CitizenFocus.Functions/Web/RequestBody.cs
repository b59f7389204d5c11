using System.Buffers;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Reads what a visitor submits. A form, urlencoded or multipart, and a JSON object become the same fields, so that
/// each feature validates once for all of them.
/// </summary>
internal static class RequestBody
{
    /// <summary>64 KiB: a long letter through the contact form, twenty times over.</summary>
    public const int DefaultLimit = 65_536;

    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";
    private const string Json = "application/json";

    /// <param name="limitBytes">More than so many bytes are refused with 413 while reading, whatever Content-Length says or leaves unsaid.</param>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public static Task<Submission> ReadAsync(HttpContext context, int limitBytes = DefaultLimit) =>
        ReadAsync(context, BodyLimits.Form with { Bytes = limitBytes });

    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public static async Task<Submission> ReadAsync(HttpContext context, BodyLimits limits)
    {
        var (request, limitBytes) = (context.Request, limits.Bytes);
        if (request.ContentLength > limitBytes) return await RefuseAsync(context, BodyFault.TooLarge(limitBytes));

        // One byte more than the limit tells a body of just the limit from a longer one.
        var buffer = ArrayPool<byte>.Shared.Rent(limitBytes + 1);
        try
        {
            var length = await FillAsync(request.Body, buffer.AsMemory(0, limitBytes + 1), context.RequestAborted);
            if (length > limitBytes) return await RefuseAsync(context, BodyFault.TooLarge(limitBytes));

            var fields = new FieldCollector(limits.Values);
            var fault = await ParseAsync(request, buffer.AsMemory(0, length), limits, fields);
            if (fault is not null) return await RefuseAsync(context, fault);

            var submission = new Submission.Fields(fields.Values, IsJson(request));
            return IsRobot(context, submission) ? new Submission.Robot() : submission;
        }
        finally
        {
            // Names and addresses are in it: the next renter has no business with them.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async Task<int> FillAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await body.ReadAsync(buffer[length..], cancellationToken);
            if (read == 0) break;
            length += read;
        }

        return length;
    }

    private static async ValueTask<BodyFault?> ParseAsync(HttpRequest request, Memory<byte> body, BodyLimits limits, FieldCollector fields)
    {
        // A button pressed by a script may well send nothing, and then has no type to name.
        if (body.IsEmpty && request.ContentType is null) return null;
        if (request.Headers.ContentEncoding.Count > 0) return BodyFault.WrongType;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type)) return BodyFault.WrongType;

        if (Is(type, Json)) return JsonBody.Read(body.Span, fields, limits.Nests);
        if (Is(type, UrlEncoded)) return UrlEncodedBody.Read(body.Span, fields);
        if (Is(type, Multipart)) return await MultipartBody.ReadAsync(body, HeaderUtilities.RemoveQuotes(type.Boundary).Value, fields);
        return BodyFault.WrongType;
    }

    private static bool Is(MediaTypeHeaderValue type, string name) => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Is(type, Json);

    private static bool IsRobot(HttpContext context, Submission.Fields submission) =>
        !submission.IsJson && context.RequestServices.GetRequiredService<FormTokens>().IsRobot(submission);

    private static async Task<Submission> RefuseAsync(HttpContext context, BodyFault fault)
    {
        if (fault.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            // RFC 9110 section 15.5.16: what would have been taken.
            context.Response.Headers.Accept = $"{UrlEncoded}, {Multipart}, {Json}";
            context.Response.Headers.AcceptEncoding = "identity";
        }

        if (fault is { Line: { } line, Position: { } position } && Negotiation.WantsJson(context.Request))
        {
            return new Submission.Refused(Problems.Malformed(fault.Text, line, position));
        }

        var pages = context.RequestServices.GetRequiredService<Pages>();
        return new Submission.Refused(await pages.MessageAsync(context, fault.Status, fault.Title, fault.Text));
    }
}

/// <summary>Why a body cannot be read, in words for people. Line and position count from 1, in bytes.</summary>
internal sealed record BodyFault(int Status, string Title, string Text, long? Line = null, long? Position = null)
{
    private const string Unreadable = "That could not be read";

    public static readonly BodyFault WrongType = new(
        StatusCodes.Status415UnsupportedMediaType,
        "That kind of content is not taken here",
        "Send a form, or a JSON object, in UTF-8 and not compressed.");

    public static readonly BodyFault NotUtf8 = new(StatusCodes.Status400BadRequest, Unreadable, "Some characters are not in UTF-8.");

    public static readonly BodyFault BrokenForm = new(StatusCodes.Status400BadRequest, Unreadable, "The form arrived broken. Please send it again.");

    public static readonly BodyFault File = new(StatusCodes.Status400BadRequest, Unreadable, "Files cannot be sent here.");

    public static BodyFault TooManyFields(int maximum) => new(
        StatusCodes.Status400BadRequest, Unreadable, string.Create(CultureInfo.InvariantCulture, $"There are more than {maximum:N0} fields."));

    public static BodyFault TooLarge(int limitBytes) => new(
        StatusCodes.Status413PayloadTooLarge,
        "That is too much at once",
        string.Create(CultureInfo.InvariantCulture, $"At most {limitBytes:N0} bytes can be sent. Please shorten your text."));

    public static BodyFault At(long line, long position, string what) => new(
        StatusCodes.Status400BadRequest, Unreadable, string.Create(CultureInfo.InvariantCulture, $"Line {line}, byte {position}: {what}"), line, position);
}
