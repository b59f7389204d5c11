using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

public sealed record RegistrationPageModel
{
    public required Webinar Webinar { get; init; }

    public required RegistrationPageState State { get; init; }

    /// <summary>The page's own token, for the paths of its forms.</summary>
    public required string Token { get; init; }

    /// <summary>The webinar has ended.</summary>
    public bool IsOver { get; init; }

    /// <summary>For whoever waits: 1 for the next in line; <see langword="null"/> where it is not known.</summary>
    public int? PlaceInLine { get; init; }

    /// <summary>For whoever is offered a seat: how long it is kept.</summary>
    public Instant? OfferedUntil { get; init; }

    /// <summary>For whoever cancelled: until then the seat is kept and the button takes it back; <see langword="null"/>: it is gone.</summary>
    public Instant? UndoUntil { get; init; }

    /// <summary>What the person may change, as it is or as it was typed; <see langword="null"/> where it is too late for that.</summary>
    public DetailsFormModel? Details { get; init; }

    /// <summary>A change was saved just now.</summary>
    public bool IsSaved { get; init; }
}

/// <summary>The form by which a registrant changes what they said of themselves.</summary>
public sealed record DetailsFormModel
{
    public string? Name { get; init; }

    public string? Organisation { get; init; }

    public AnswersModel Answers { get; init; } = AnswersModel.None;

    public ValidationErrors Errors { get; init; } = new();
}

/// <summary>What a registrant's page tells; a closed set.</summary>
public enum RegistrationPageState
{
    /// <summary>Received, and not decided yet: a matter of seconds.</summary>
    Requested,

    /// <summary>An organiser decides.</summary>
    Pending,

    /// <summary>An organiser said no.</summary>
    Declined,

    Confirmed,

    Waiting,

    /// <summary>A seat is kept until they take it, or the offer ends.</summary>
    Offered,

    /// <summary>Let an offer pass, and keeps the place in line.</summary>
    Dormant,

    Cancelled,

    /// <summary>The webinar is over or was cancelled: nothing can be changed.</summary>
    Closed,
}
