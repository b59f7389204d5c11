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

    public required LocalDateTime Start { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required Duration Duration { get; init; }

    /// <summary>The hour is not known or does not matter: shown, and written to calendars, as a day.</summary>
    public bool DateOnly { get; init; }

    /// <summary>Where one meets; <see langword="null"/> for what is online only.</summary>
    public string? Place { get; init; }

    /// <summary>Seats, 1 or more; <see langword="null"/> where there is no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>Raised by each change that a calendar entry shows.</summary>
    public int Revision { get; init; }

    /// <summary>Where those who have a seat meet online. Stands on no page and in no e-mail.</summary>
    public Uri? Room { get; init; }

    public Uri? Recording { get; init; }

    /// <summary>Where the zone's clock is put forward over it, the start is the moment after the gap; where put back, the first of the two.</summary>
    public Instant StartInstant => Start.InZoneLeniently(Zone).ToInstant();

    public Instant EndInstant => StartInstant + Duration;

    /// <summary>Registration is open until the end: whoever is late may still come in.</summary>
    public bool AcceptsRegistrations(Instant now) => Status == WebinarStatus.Published && !DateOnly && now < EndInstant;
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
