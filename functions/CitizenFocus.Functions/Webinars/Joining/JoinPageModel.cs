using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

public sealed record JoinPageModel
{
    public required Webinar Webinar { get; init; }

    public required JoinPageState State { get; init; }

    /// <summary>The one that is on, or else the next; <see langword="null"/> after the last.</summary>
    public required WebinarSession? Session { get; init; }

    public required Instant Now { get; init; }

    /// <summary>The page's own, for the path of its form.</summary>
    public required string Token { get; init; }

    public IReadOnlyList<RoomMaterial> Materials { get; init; } = [];

    /// <summary>The webinar as if the session were all of it: what says its time then says the session's.</summary>
    public Webinar AtSession => Session is { } session && Webinar.FurtherSessions.Count > 0
        ? Webinar with
        {
            Start = session.Time.Start,
            Duration = session.Time.Duration,
            StartIsLaterOfTwo = session.Time.IsLaterOfTwo,
            FurtherSessions = [],
        }
        : Webinar;

    /// <summary>Where the wait has an end that can be counted down to.</summary>
    public bool CountsDown => Session is { } session && Now < session.Start && !Webinar.DateOnly && State is JoinPageState.Early or JoinPageState.Open or JoinPageState.NoRoom;
}

/// <summary>A document of the library.</summary>
public sealed record RoomMaterial(string Id, string Title, string Kind);
