using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>Which session one comes to now, and whether one may go in.</summary>
internal static class RoomDoors
{
    /// <summary>They open so long before each session, and close with its end.</summary>
    public static readonly Duration OpenBefore = Duration.FromMinutes(15);

    /// <summary>The first session that is not over; <see langword="null"/> after the last.</summary>
    public static WebinarSession? SessionAt(Webinar webinar, Instant now) => webinar.Sessions.FirstOrDefault(session => now < session.End);

    public static JoinPageState StateFor(Webinar webinar, Registration registration, WebinarSession? session, Instant now) => (webinar.Status, session) switch
    {
        (WebinarStatus.Cancelled, _) => JoinPageState.Cancelled,
        _ when registration.Status != RegistrationStatus.Confirmed => JoinPageState.NoSeat,
        (WebinarStatus.Ended or WebinarStatus.Archived, _) or (_, null) => JoinPageState.Over,
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
