namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>Related webinars under one heading, which can be followed.</summary>
public sealed record WebinarSeries
{
    /// <summary>Its name in URLs, as webinars have them.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>One or two sentences of plain text.</summary>
    public string Summary { get; init; } = "";
}
