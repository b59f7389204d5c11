namespace CitizenFocus.Functions.Webinars;

public sealed record WebinarListModel
{
    /// <summary>The next one first.</summary>
    public required IReadOnlyList<Webinar> Upcoming { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<Webinar> Past { get; init; }
}
