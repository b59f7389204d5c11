using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Home;

public sealed record HomePageModel
{
    /// <summary>The next one first; it stands at the top of the page.</summary>
    public required IReadOnlyList<Webinar> Upcoming { get; init; }

    /// <summary>The first of <see cref="Upcoming"/> can be registered for.</summary>
    public bool NextIsOpen { get; init; }

    /// <summary>The latest few first.</summary>
    public required IReadOnlyList<Webinar> Past { get; init; }

    /// <summary>The document that everybody should see; <see langword="null"/> while there is none.</summary>
    public DocumentView? Featured { get; init; }

    /// <summary>The latest few first.</summary>
    public required IReadOnlyList<CommitmentView> Commitments { get; init; }

    /// <summary>The latest few first.</summary>
    public required IReadOnlyList<NewsItemView> News { get; init; }
}
