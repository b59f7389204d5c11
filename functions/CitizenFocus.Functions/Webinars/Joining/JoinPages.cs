using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>
/// The way in. Our own link stands in e-mails and calendars, so the room can change to the last minute; its URL is
/// given only to who has a seat, from a quarter of an hour before the start, and by a button: mail scanners open links.
/// </summary>
internal static class JoinPages
{
    private static readonly Duration DoorsOpenBefore = Duration.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/join/{token}", Pages.Methods, ShowRoom);
        site.MapPost("/join/{token}", JoinWebinar).WithName(nameof(JoinWebinar));
    }

    private static async Task<IResult> ShowRoom(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationStore registrations, RegistrationTokens tokens, TimeProvider clock)
    {
        if (await FindAsync(context, token, webinars, registrations, tokens) is not var (webinar, registration)) return await UnknownLink.AnswerAsync(context, pages);

        var state = StateOf(webinar, registration, Now(clock));
        var page = await pages.PageAsync<JoinPage>(context, new Dictionary<string, object?>
        {
            [nameof(JoinPage.Webinar)] = webinar,
            [nameof(JoinPage.Token)] = token,
            [nameof(JoinPage.RegistrationToken)] = tokens.Issue(TokenPurpose.Registration, webinar.Slug, registration.Person),
            [nameof(JoinPage.State)] = state,
        });

        // Browsers hold the redirect that follows the form against form-action, too. Without the form, nobody learns where the room is.
        return state == JoinPageState.Open ? new AllowingFormAction(page, webinar.Room!) : page;
    }

    private static async Task<IResult> JoinWebinar(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationStore registrations, RegistrationTokens tokens, Links links, TimeProvider clock)
    {
        if (await FindAsync(context, token, webinars, registrations, tokens) is not var (webinar, registration)) return await UnknownLink.AnswerAsync(context, pages);
        if (StateOf(webinar, registration, Now(clock)) != JoinPageState.Open) return new SeeOther(links.Join(token));

        if (!registration.HasJoined(1)) await registrations.RecordAttendanceAsync(webinar.Slug, registration.Person, 1, new(clock.GetUtcNow()), context.RequestAborted);
        return new SeeOther(webinar.Room!.AbsoluteUri);
    }

    private static JoinPageState StateOf(Webinar webinar, Registration registration, Instant now) => webinar switch
    {
        { Status: WebinarStatus.Cancelled } => JoinPageState.Cancelled,
        _ when registration.Status != RegistrationStatus.Confirmed => JoinPageState.NoSeat,
        _ when now >= webinar.EndInstant => JoinPageState.Over,
        _ when now < webinar.StartInstant - DoorsOpenBefore => JoinPageState.Early,
        { Room: null } => JoinPageState.NoRoom,
        _ => JoinPageState.Open,
    };

    private static async Task<(Webinar Webinar, Registration Registration)?> FindAsync(
        HttpContext context, string token, WebinarStore webinars, RegistrationStore registrations, RegistrationTokens tokens) =>
        tokens.Read(TokenPurpose.Join, token) is var (slug, person)
        && await webinars.FindAsync(slug, context.RequestAborted) is { Value: var webinar }
        && await registrations.FindAsync(slug, person, context.RequestAborted) is { Value: var registration }
            ? (webinar, registration)
            : null;

    private static Instant Now(TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow());
}

/// <summary>What the room's page offers; a closed set.</summary>
public enum JoinPageState
{
    /// <summary>The button is there.</summary>
    Open,

    Early,

    /// <summary>It is time, and the organisers have not named a room.</summary>
    NoRoom,

    NoSeat,

    Over,

    Cancelled,
}
