using System.Globalization;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>For organisers: the meeting provider's export goes in, a report on each of its rows comes out.</summary>
internal static class AttendanceApi
{
    private const int MaxBytes = 5 * 1024 * 1024;

    private static readonly string[] Types = ["text/csv", "text/tab-separated-values", "text/plain", "application/vnd.ms-excel"];

    public static void Map(IEndpointRouteBuilder site) =>
        site.MapPost("/api/webinars/{slug}/attendance", Import).AddEndpointFilter<OrganiserApiFilter>();

    private static async Task<IResult> Import(HttpContext context, string slug, WebinarStore webinars, ImportAttendance importAttendance)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is not { Value: var webinar })
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");
        }

        if (SessionOf(webinar, context.Request.Query["session"]) is not { } session)
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "Which session?", $"Send its number as ?session=, from 1 to {webinar.Sessions.Count.ToString(CultureInfo.InvariantCulture)}.");
        }

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !Types.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "That kind of content is not taken here", "Send the provider's export as text/csv.");
        }

        if (await ReadAsync(context.Request, context.RequestAborted) is not { } content)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "That is too much at once", "At most 5 MB can be sent.");
        }

        return AttendanceFile.Parse(content) switch
        {
            AttendanceFile.Read file => Results.Json(await importAttendance.HandleAsync(webinar, session, file, context.RequestAborted), AttendanceJson.Default.AttendanceReport),
            AttendanceFile.Unreadable(var why) => Problems.Of(StatusCodes.Status400BadRequest, "This is no attendance report that is known here", why),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    /// <summary>One that has a single session need not be asked which.</summary>
    private static WebinarSession? SessionOf(Webinar webinar, string? number)
    {
        var sessions = webinar.Sessions;
        if (string.IsNullOrEmpty(number)) return sessions is [var only] ? only : null;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? sessions.FirstOrDefault(session => session.Number == n) : null;
    }

    /// <returns><see langword="null"/> where there is more than may be, whatever Content-Length says or leaves unsaid.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) return null;

        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > MaxBytes) return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
