using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>
/// The way in. Our own link stands in e-mails and calendars, so the room can change to the last minute; its URL is
/// given only to who has a seat, from a quarter of an hour before each session, and by a button: mail scanners open links.
/// </summary>
internal static class JoinPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/join/{token}", Pages.Methods, ShowRoom);
        site.MapPost("/join/{token}", JoinWebinar).WithName(nameof(JoinWebinar));
    }

    private static async Task<IResult> ShowRoom(
        HttpContext context, string token, Pages pages, JoinLinks joinLinks, WrongJoinLink wrongLink, LibraryService library, TimeProvider clock)
    {
        var link = await joinLinks.ReadAsync(token, context.RequestAborted);
        if (link is not JoinLink.Works(var webinar, var registration)) return await wrongLink.AnswerAsync(context, link);

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var session = RoomDoors.SessionAt(webinar, now);
        var state = RoomDoors.StateFor(webinar, registration, session, now);
        var page = await pages.PageAsync<JoinPage>(context, new Dictionary<string, object?>
        {
            [nameof(JoinPage.Model)] = new JoinPageModel
            {
                Webinar = webinar,
                State = state,
                Session = session,
                Now = now,
                Token = token,
                Materials = await MaterialsAsync(webinar, library, context.RequestAborted),
            },
        });

        // Browsers hold the redirect that follows the form against form-action, too. Without the form, nobody learns where the room is.
        return state == JoinPageState.Open ? new AllowingFormAction(page, webinar.Room!) : page;
    }

    private static async Task<IResult> JoinWebinar(
        HttpContext context, string token, JoinLinks joinLinks, WrongJoinLink wrongLink, RecordAttendance recordAttendance, Links links, TimeProvider clock)
    {
        var link = await joinLinks.ReadAsync(token, context.RequestAborted);
        if (link is not JoinLink.Works(var webinar, var registration)) return await wrongLink.AnswerAsync(context, link);

        var time = clock.GetUtcNow();
        var now = Instant.FromDateTimeOffset(time);
        var session = RoomDoors.SessionAt(webinar, now);
        if (session is null || RoomDoors.StateFor(webinar, registration, session, now) != JoinPageState.Open) return new SeeOther(links.Join(token));

        await recordAttendance.HandleAsync(webinar.Slug, registration.Person, session, new(time), context.RequestAborted);
        return new SeeOther(webinar.Room!.AbsoluteUri);
    }

    /// <summary>Those that the library has; an id of one that was taken out is passed over.</summary>
    private static async Task<IReadOnlyList<RoomMaterial>> MaterialsAsync(Webinar webinar, LibraryService library, CancellationToken cancellationToken)
    {
        var documents = await Task.WhenAll(webinar.Materials.Select(id => library.FindAsync(id, cancellationToken)));
        return [.. documents.OfType<Document>().Select(document => new RoomMaterial(document.Id, document.Title, document.Kind))];
    }
}
