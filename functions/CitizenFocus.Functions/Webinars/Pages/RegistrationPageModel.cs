using NodaTime;

namespace CitizenFocus.Functions.Webinars;

public sealed record RegistrationPageModel
{
    public required Webinar Webinar { get; init; }

    public required RegistrationPageState State { get; init; }

    /// <summary>The page's own token, for the paths of its forms.</summary>
    public required string Token { get; init; }

    /// <summary>For whoever waits: 1 for the next in line; <see langword="null"/> where it is not known.</summary>
    public int? PlaceInLine { get; init; }

    /// <summary>For whoever cancelled: until then the seat is kept and the button takes it back; <see langword="null"/>: it is gone.</summary>
    public Instant? UndoUntil { get; init; }
}

/// <summary>What a registrant's page tells; a closed set.</summary>
public enum RegistrationPageState
{
    /// <summary>Received, and not decided yet: a matter of seconds.</summary>
    Requested,

    Confirmed,

    Waiting,

    Cancelled,

    /// <summary>The webinar is over or was cancelled: nothing can be changed.</summary>
    Closed,
}
