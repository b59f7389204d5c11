namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The row <c>s</c>: seats counted, and what of the webinar the counting went by.</summary>
internal sealed record Seats
{
    public int Confirmed { get; init; }

    /// <summary>Kept for who was offered one.</summary>
    public int Offered { get; init; }

    /// <summary>Kept for an undo.</summary>
    public int Held { get; init; }

    public int Waiting { get; init; }

    /// <summary>The last place that was given out in the line; the next is beyond it, whatever the clocks say.</summary>
    public long LastPlace { get; init; }

    public int? Capacity { get; init; }

    /// <summary>The webinar's revision that was taken over last: whoever gets a seat now is told this one.</summary>
    public int Revision { get; init; }

    /// <summary>When a change is told; <see langword="null"/> where none is to be told.</summary>
    public DateTimeOffset? TellAt { get; init; }

    public WebinarStatus Status { get; init; } = WebinarStatus.Published;

    /// <summary>Seats that nobody has or is kept for; <see langword="null"/> where there is no limit. Never below 0.</summary>
    public int? Free => Capacity is { } capacity ? Math.Max(0, capacity - Confirmed - Offered - Held) : null;

    public bool HasFree => Free is not 0;
}
