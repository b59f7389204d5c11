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

    /// <summary>When the person first went through to the room.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>Whose write this row is: recognises one's own where the answer was lost.</summary>
    public required string OperationId { get; init; }
}

internal enum RegistrationStatus
{
    /// <summary>Asked for a seat; not decided yet.</summary>
    Requested,

    /// <summary>Has a seat.</summary>
    Confirmed,

    /// <summary>Stands in line.</summary>
    Waiting,

    /// <summary>Gave up a seat, a place in line, or the request.</summary>
    Cancelled,

    /// <summary>The webinar had closed, or was cancelled, before the request was decided.</summary>
    Closed,
}
