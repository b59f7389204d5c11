using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Series;

public sealed record SeriesPageModel
{
    public required WebinarSeries Series { get; init; }

    /// <summary>The next one first.</summary>
    public required IReadOnlyList<Webinar> Upcoming { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<Webinar> Past { get; init; }

    /// <summary>Says when the form was made, signed.</summary>
    public required string FormToken { get; init; }

    public string? Email { get; init; }

    public ValidationErrors Errors { get; init; } = new();
}
