using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Digests;

public sealed record DigestPageModel
{
    public const int MostIssues = 20;
    public const int MaxEmailLength = 254;

    /// <summary>Those that there are.</summary>
    public required IReadOnlyList<SelectOption> Topics { get; init; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<IssueView> Issues { get; init; } = [];

    /// <summary>Says when the form was made, signed.</summary>
    public string FormToken { get; init; } = "";

    public string? Email { get; init; }

    internal SubscriptionWish Wish { get; init; } = new();

    public ValidationErrors Errors { get; init; } = new();
}

public sealed record PreferencesModel
{
    public required string Token { get; init; }

    public required string UnsubscriptionToken { get; init; }

    public required IReadOnlyList<SelectOption> Topics { get; init; }

    public required WishView Wish { get; init; }

    public bool IsSaved { get; init; }

    public ValidationErrors Errors { get; init; } = new();
}

/// <summary>A wish as pages show it.</summary>
public sealed record WishView(IReadOnlyList<string> Topics, string Language, DigestCadence Cadence)
{
    /// <summary><c>once a week, about energy and mobility</c></summary>
    public string Sentence => (Cadence == DigestCadence.Weekly ? "once a week" : "once a month") + ", " + (Topics.Count == 0 ? "about all topics" : "about " + Listed);

    private string Listed => Topics.Count == 1 ? Topics[0] : string.Join(", ", Topics.Take(Topics.Count - 1)) + " and " + Topics[^1];

    internal static WishView Of(SubscriptionWish wish) => new(wish.Topics, wish.Language, wish.Cadence);
}
