using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>A person's registration for a webinar: the row <c>r|{person}</c> in the webinar's partition.</summary>
internal sealed record Registration
{
    public required WebinarSlug Webinar { get; init; }

    public required PersonId Person { get; init; }

    public required RegistrationStatus Status { get; init; }

    /// <summary>
    /// SEQUENCE of the person's calendar entry (RFC 5545, section 3.8.7.4): 0 at first, raised by each change of it,
    /// whether the webinar moved or the person did.
    /// </summary>
    public required int Sequence { get; init; }

    public required string Name { get; init; }

    public required EmailAddress Email { get; init; }

    public string? Organisation { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The person's own time zone, an IANA name.</summary>
    public string? TimeZone { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Which wording of the consent was agreed to.</summary>
    public required string ConsentVersion { get; init; }

    /// <summary>The place in the line, as in the row key of <c>w</c>; kept when the person leaves, so that an undo finds it.</summary>
    public long? Place { get; init; }

    /// <summary>Until when what a cancellation gave up is kept for an undo.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    /// <summary>What a cancellation gave up, so that an undo gives the same back.</summary>
    public RegistrationStatus? GaveUp { get; init; }

    /// <summary>Until when a seat is offered.</summary>
    public DateTimeOffset? OfferedUntil { get; init; }

    /// <summary>Answers to the webinar's questions by their ids; of a yes-or-no question <c>yes</c> or <c>no</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; } = NoAnswers;

    /// <summary>An organiser invited them: none needs to approve any more.</summary>
    public bool IsApproved { get; init; }

    /// <summary>When the person was last told the webinar's time: by the mail that gave the seat, or about a change.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The webinar's revision that they were told.</summary>
    public int ToldRevision { get; init; }

    /// <summary>The revision that they had been told before a change; what that mail shows as old.</summary>
    public int ToldBefore { get; init; }

    /// <summary>Which sessions they came to, by the session's number.</summary>
    public IReadOnlyDictionary<int, Attendance> Attendance { get; init; } = NoAttendance;

    /// <summary>Whose write this row is: recognises one's own where the answer was lost.</summary>
    public required string OperationId { get; init; }

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> NoAnswers { get; } = new Dictionary<string, IReadOnlyList<string>>();

    public static IReadOnlyDictionary<int, Attendance> NoAttendance { get; } = new Dictionary<int, Attendance>();

    /// <summary>A calendar may hold an entry: they have a seat, or had one. One who only ever waited never got an entry.</summary>
    public bool MayHaveAnEntry => Status == RegistrationStatus.Confirmed || ToldAt is not null || (UndoUntil is not null && Place is null);

    /// <summary>Came to this session, as it is planned now: who came to it before it was put off did not come.</summary>
    public bool HasJoined(WebinarSession session) => Attendance.TryGetValue(session.Number, out var attendance) && attendance.IsOf(session);
}

/// <summary>That somebody came to a session.</summary>
/// <param name="JoinedAt">When they first went through to the room, by our button or by the meeting provider's report.</param>
/// <param name="Minutes">How long they stayed, where the provider's report said so.</param>
internal sealed record Attendance(DateTimeOffset JoinedAt, int? Minutes = null)
{
    /// <summary>Nobody comes sooner, by the room's doors or by a report.</summary>
    private static readonly NodaTime.Duration Soonest = NodaTime.Duration.FromHours(3);

    public bool IsOf(WebinarSession session) => JoinedAt >= (session.Start - Soonest).ToDateTimeOffset();
}

internal enum RegistrationStatus
{
    /// <summary>Asked for a seat; not decided yet.</summary>
    Requested,

    /// <summary>Has a seat.</summary>
    Confirmed,

    /// <summary>Waits for an organiser's approval.</summary>
    Pending,

    /// <summary>An organiser said no.</summary>
    Declined,

    /// <summary>Stands in line.</summary>
    Waiting,

    /// <summary>Is offered a seat, which is kept until the offer ends.</summary>
    Offered,

    /// <summary>Let an offer pass: keeps the place in line, and is next when they answer after all.</summary>
    Dormant,

    /// <summary>Gave up a seat, a place in line, or the request.</summary>
    Cancelled,

    /// <summary>The webinar had closed, or was cancelled, before the request was decided.</summary>
    Closed,
}
