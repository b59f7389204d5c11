using System.Globalization;
using System.Text;
using CitizenFocus.Functions.Web;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Organisers invite a list, and see what became of each of its rows.</summary>
internal static class InvitationApi
{
    // A body in JSON is read whole; what is larger than people paste is sent as a file.
    private const int MaxPastedBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/api/webinars/{slug}/invitations", Invite).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/webinars/{slug}/invitations", Pages.Methods, ShowLists).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/webinars/{slug}/invitations/{list}", Pages.Methods, ShowList).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> Invite(HttpContext context, string slug, WebinarStore webinars, ImportLists importLists)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is not { Value: var webinar }) return NoWebinar();

        var (content, format, refusal) = await ContentOfAsync(context);
        if (content is null) return refusal!;
        if (context.Request.ContentLength > ImportLists.MaxBytes) return TooLarge();

        switch (await importLists.HandleAsync(webinar, content, format, context.RequestAborted))
        {
            case ImportLists.Outcome.Taken(var list):
                var path = PathOf(parsed, list);
                context.Response.Headers.Location = path;
                return Results.Json(new(list, path), InvitationJson.Default.ListTakenDocument, statusCode: StatusCodes.Status202Accepted);
            case ImportLists.Outcome.NotOpen:
                return Problems.Of(StatusCodes.Status409Conflict, "Registration has closed", "Nobody could accept an invitation.");
            case ImportLists.Outcome.TooLarge:
                return TooLarge();
            case ImportLists.Outcome.TooManyRows:
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, "That is too much at once", string.Create(CultureInfo.InvariantCulture, $"Send {ImportLists.MaxRows:N0} rows or fewer."));
            case ImportLists.Outcome.Unreadable(var why):
                return Problems.Of(StatusCodes.Status400BadRequest, "That could not be read", why);
            case ImportLists.Outcome.WrongColumns(var found):
                return Problems.Of(StatusCodes.Status400BadRequest, "There is no column of addresses", $"Found: {Shown(found)}. Expected: {ListColumns.Expected}.");
            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    private static async Task<IResult> ShowLists(HttpContext context, string slug, WebinarStore webinars, InvitationStore invitations, TimeProvider clock)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is not { Value: var webinar }) return NoWebinar();

        context.Response.Headers.CacheControl = "no-store";
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var lists = await invitations.ListListsAsync(parsed, context.RequestAborted);
        return Results.Json(new([.. lists.Select(list => ListDocument.Of(list, webinar, now) with { Url = PathOf(parsed, list.Id) })]), InvitationJson.Default.ListsDocument);
    }

    /// <summary>The state of a list, and a page of its rows.</summary>
    private static async Task<IResult> ShowList(
        HttpContext context, string slug, string list, WebinarStore webinars, InvitationStore invitations, TimeProvider clock)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is not { Value: var webinar }) return NoWebinar();
        if (!PublicIdOf(list) || await invitations.FindListAsync(parsed, list, context.RequestAborted) is not { Value: var found })
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such list");
        }

        context.Response.Headers.CacheControl = "no-store";

        // Pages of results have been read so far; one is a step's.
        var read = int.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var results = read < found.Chunks ? await invitations.ListResultsAsync(parsed, list, read, context.RequestAborted) : [];
        var next = results.Count > 0 && read + 1 < found.Chunks ? string.Create(CultureInfo.InvariantCulture, $"{PathOf(parsed, list)}?after={read + 1}") : null;
        return Results.Json(
            ListDocument.Of(found, webinar, Instant.FromDateTimeOffset(clock.GetUtcNow())) with { Results = [.. results.Select(RowDocument.Of)], Next = next },
            InvitationJson.Default.ListDocument);
    }

    private static async Task<(Stream? Content, ListFormat Format, IResult? Refusal)> ContentOfAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.Count > 0 || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return (null, default, WrongType());
        switch (type.MediaType.Value?.ToLowerInvariant())
        {
            case "text/csv":
                return (request.Body, ListFormat.Csv, null);
            case "text/plain":
                return (request.Body, ListFormat.Addresses, null);
            case "application/json":
                return await RequestBody.ReadAsync(context, MaxPastedBytes) switch
                {
                    Submission.Fields sent when string.Join('\n', sent.All("addresses")) is var pasted && !string.IsNullOrWhiteSpace(pasted) => (new MemoryStream(Encoding.UTF8.GetBytes(pasted)), ListFormat.Addresses, null),
                    Submission.Refused(var answer) => (null, default, answer),
                    _ => (null, default, Problems.Validation(new() { { "addresses", "Enter the addresses of those to invite." } })),
                };
            default:
                return (null, default, WrongType());
        }

        IResult WrongType()
        {
            context.Response.Headers.Accept = "text/csv, text/plain, application/json";
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "That kind of content is not taken here", "Send text/csv, text/plain, or JSON with addresses, in UTF-8 and not compressed.");
        }
    }

    private static bool PublicIdOf(string list) => Hosting.PublicId.IsValid(InvitationKeys.SeriesOf(list) ?? list);

    private static string PathOf(WebinarSlug webinar, string list) => $"/api/webinars/{webinar}/invitations/{list}";

    /// <summary>Not all of what may be a whole file without a line of names.</summary>
    private static string Shown(IReadOnlyList<string> found)
    {
        var text = string.Join(", ", found.Take(20).Select(name => Email.SingleLine.Of(name)));
        return text.Length switch { 0 => "nothing", > 300 => text[..300] + "…", _ => text };
    }

    private static IResult NoWebinar() => Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");

    private static IResult TooLarge() => Problems.Of(StatusCodes.Status413PayloadTooLarge, "That is too much at once", "Send 10 MB or less.");
}
