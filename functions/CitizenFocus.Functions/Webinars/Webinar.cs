using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// A webinar, or a meeting in a place. The start is kept as local time and zone: should the zone's rules change,
/// the local time stays and the instant moves.
/// </summary>
public sealed record Webinar
{
    public required WebinarSlug Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>One or two sentences of plain text, for lists and calendars.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Markdown; raw HTML in it is shown as text.</summary>
    public string Text { get; init; } = "";

    public WebinarKind Kind { get; init; } = WebinarKind.Webinar;

    public required WebinarStatus Status { get; init; }

    /// <summary>Of the first session.</summary>
    public required LocalDateTime Start { get; init; }

    public required DateTimeZone Zone { get; init; }

    /// <summary>Of the first session.</summary>
    public required Duration Duration { get; init; }

    /// <summary>Where the clocks are put back and show <see cref="Start"/> twice: the second time is meant.</summary>
    public bool StartIsLaterOfTwo { get; init; }

    /// <summary>What follows the first session, in order and without overlap; empty for most webinars.</summary>
    public IReadOnlyList<SessionTime> FurtherSessions { get; init; } = [];

    /// <summary>The hour is not known or does not matter: shown, and written to calendars, as a day.</summary>
    public bool DateOnly { get; init; }

    /// <summary>Where one meets; <see langword="null"/> for what is online only.</summary>
    public string? Place { get; init; }

    /// <summary>Seats, 1 or more; <see langword="null"/> where there is no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>When registration opens; <see langword="null"/>: with publishing.</summary>
    public Instant? OpensAt { get; init; }

    /// <summary>When registration closes; <see langword="null"/>: at the end, so that whoever is late may still come in.</summary>
    public Instant? ClosesAt { get; init; }

    /// <summary>Only who was invited may register.</summary>
    public bool IsInvitationOnly { get; init; }

    /// <summary>An organiser decides on each registration of somebody who was not invited.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>A freed seat is offered to the next in line for a set time, instead of being given at once.</summary>
    public bool OffersSeats { get; init; }

    /// <summary>Asked on the registration form.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    public IReadOnlyList<Speaker> Speakers { get; init; } = [];

    /// <summary>Ids of documents in the library.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Spoken in it, BCP 47.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>How long before each session a reminder is sent.</summary>
    public IReadOnlyList<Duration> Reminders { get; init; } = DefaultReminders;

    /// <summary>How long after the end the follow-up is sent; <see langword="null"/>: none.</summary>
    public Duration? FollowUp { get; init; } = DefaultFollowUp;

    /// <summary>The follow-up waits for <see cref="Recording"/>, up to <see cref="LongestWaitForRecording"/>.</summary>
    public bool AwaitsRecording { get; init; } = true;

    /// <summary>The series that it belongs to, by its slug.</summary>
    public string? Series { get; init; }

    /// <summary>It was cancelled before it was archived.</summary>
    public bool WasCancelled { get; init; }

    /// <summary>It does not take place, or did not.</summary>
    public bool IsCalledOff => Status == WebinarStatus.Cancelled || WasCancelled;

    /// <summary>Raised by each change that a calendar entry shows.</summary>
    public int Revision { get; init; }

    /// <summary>When <see cref="Revision"/> was last raised.</summary>
    public Instant? RevisedAt { get; init; }

    /// <summary>When anything of it was last stored; <see langword="null"/> for one that is not yet.</summary>
    public Instant? ChangedAt { get; init; }

    /// <summary>Where those who have a seat meet online. Stands on no page and in no e-mail.</summary>
    public Uri? Room { get; init; }

    public Uri? Recording { get; init; }

    public static IReadOnlyList<Duration> DefaultReminders { get; } = [Duration.FromHours(24), Duration.FromHours(1)];

    public static Duration DefaultFollowUp { get; } = Duration.FromHours(24);

    public static Duration LongestWaitForRecording { get; } = Duration.FromDays(14);

    /// <summary>In order; at least one.</summary>
    public IReadOnlyList<WebinarSession> Sessions =>
        [.. FurtherSessions.Prepend(new(Start, Duration, StartIsLaterOfTwo)).Select((time, index) => WebinarSession.Of(index + 1, time, Zone))];

    /// <summary>Of the first session.</summary>
    public Instant StartInstant => new SessionTime(Start, Duration, StartIsLaterOfTwo).StartIn(Zone);

    /// <summary>Of the last session; of what is known by its day only, the end of its last day.</summary>
    public Instant EndInstant =>
        DateOnly ? Zone.AtStartOfDay(WebinarTimes.LastDay(this).PlusDays(1)).ToInstant()
        : FurtherSessions is [.., var last] ? last.StartIn(Zone) + last.Duration
        : StartInstant + Duration;

    /// <summary>Seats may still be given: it is published and not over.</summary>
    public bool IsRunning(Instant now) => Status == WebinarStatus.Published && !DateOnly && now < EndInstant;

    /// <summary>Registration is open.</summary>
    public bool AcceptsRegistrations(Instant now) => IsRunning(now) && (OpensAt is not { } opens || opens <= now) && IsBeforeClosing(now);

    /// <summary>Registration opens later.</summary>
    public bool IsYetToOpen(Instant now) => IsRunning(now) && now < OpensAt;

    /// <summary>Registration has not been closed at <paramref name="now"/>.</summary>
    public bool IsBeforeClosing(Instant now) => ClosesAt is not { } closes || now < closes;
}

public enum WebinarKind
{
    Webinar,
    Meeting,
    Conference,
}

public enum WebinarStatus
{
    Draft,
    Published,
    Cancelled,
    Ended,
    Archived,
}

/// <param name="About">A short text; may be empty.</param>
public sealed record Speaker(string Name, string About);
