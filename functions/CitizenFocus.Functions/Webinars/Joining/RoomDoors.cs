using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>Which session one comes to now, and whether one may go in.</summary>
internal static class RoomDoors
{
    /// <summary>They open so long before each session.</summary>
    public static readonly Duration OpenBefore = Duration.FromMinutes(15);

    /// <summary>A talk that overruns does not shut out whose connection dropped.</summary>
    private static readonly Duration OpenAfter = Duration.FromMinutes(30);

    /// <summary>The first session whose doors are not shut for good, or the next one where its doors are open; <see langword="null"/> after the last.</summary>
    public static WebinarSession? SessionAt(Webinar webinar, Instant now) =>
        webinar.Sessions.LastOrDefault(session => session.Start - OpenBefore <= now && now < session.End + OpenAfter)
        ?? webinar.Sessions.FirstOrDefault(session => now < session.End);

    public static JoinPageState StateFor(Webinar webinar, Registration registration, WebinarSession? session, Instant now) => (webinar.Status, session) switch
    {
        _ when webinar.IsCalledOff => JoinPageState.Cancelled,
        _ when registration.Status != RegistrationStatus.Confirmed => JoinPageState.NoSeat,
        (WebinarStatus.Archived, _) or (_, null) => JoinPageState.Over,
        (WebinarStatus.Ended, { } last) when now < last.End => JoinPageState.Over,
        (_, { } next) when now < next.Start - OpenBefore => JoinPageState.Early,
        _ => webinar.Room is null ? JoinPageState.NoRoom : JoinPageState.Open,
    };
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
