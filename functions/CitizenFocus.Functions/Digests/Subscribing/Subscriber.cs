using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>What somebody wants to hear of, and how often.</summary>
internal sealed record SubscriptionWish
{
    public const int MostTopics = 30;
    public const int MaxTopicLength = 50;

    /// <summary>None: all.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    public DigestCadence Cadence { get; init; }

    public bool Takes(IReadOnlyList<string> topics) => Topics.Count == 0 || topics.Any(topic => Topics.Contains(topic, StringComparer.OrdinalIgnoreCase));
}

/// <summary>Somebody who gets the digest, or got it and left; with the one ledger row of the digests to them.</summary>
internal sealed record Subscriber
{
    public required PersonId Person { get; init; }

    public required EmailAddress Email { get; init; }

    public required SubscriptionWish Wish { get; init; }

    public required bool IsActive { get; init; }

    public required DateTimeOffset ConfirmedAt { get; init; }

    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>The numbers up to this one were sent, or left out for good; each issue's e-mail covers what is beyond it.</summary>
    public required int CoveredUntil { get; init; }

    /// <summary>The last issue that was sent or not; <see langword="null"/> before the first.</summary>
    public DigestDelivery? Last { get; init; }
}

/// <summary>Somebody who asked for the digest, or for another one, and has yet to confirm that.</summary>
/// <param name="Request">By which the e-mail that asks is told from another.</param>
internal sealed record UnconfirmedSubscription(PersonId Person, EmailAddress Email, SubscriptionWish Wish, string ConsentVersion, DateTimeOffset AskedAt, string Request);
