using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>One run at a shard, from its message to the next.</summary>
internal sealed class ShardWork
{
    public required DigestIssue Issue { get; init; }

    public required string Shard { get; init; }

    public required SendingSnapshot Snapshot { get; init; }

    /// <summary>Those of the shard who get no mail, read beside it: one request, and not one a subscriber.</summary>
    public required IReadOnlySet<PersonId> Suppressed { get; init; }

    /// <summary>As our last step left it; <see langword="null"/> before the first.</summary>
    public Stored<ShardPlace>? Place { get; set; }

    /// <summary>The run's turn in the quota's line has come; the first step takes it.</summary>
    public bool HasTurn { get; set; }

    /// <summary>Those that took no mail in this run.</summary>
    public List<IEmailSender> Asked { get; } = [];

    /// <summary>When the first of them may be asked again.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>One step forward.</summary>
    /// <returns><see langword="null"/> where it is done.</returns>
    public async Task<Step?> CommitAsync(ShardStore shards, ShardPlace next, IEnumerable<ShardChange> changes)
    {
        // Nobody stops it but death: whether it took effect would not be known.
        switch (await shards.CommitAsync(Place, next, changes, CancellationToken.None))
        {
            case ShardCommit.Done(var place):
                Place = place;
                return null;
            case ShardCommit.RowsChanged:
                return new Step.Reread();
            default:
                return new Step.Taken();
        }
    }

    public ShardPlace PlaceOrNew => Place?.Value ?? new() { Issue = Issue.Key, Shard = Shard };
}

/// <summary>How a run goes on after a step.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    internal sealed record GoOn : Step;

    /// <summary>What was read does not hold any more.</summary>
    internal sealed record Reread : Step;

    /// <summary>Somebody else is at this shard.</summary>
    internal sealed record Taken : Step;

    /// <param name="IsTurn">It is a turn in the quota's line.</param>
    internal sealed record ComeBack(DateTimeOffset At, bool IsTurn = false) : Step;

    internal sealed record Done : Step;
}

/// <summary>A subscriber of a step.</summary>
/// <param name="Items">What their e-mail holds.</param>
/// <param name="Skip">Why there is none.</param>
/// <param name="Decision">How an attempt without an answer was settled; <see langword="null"/> for those whom the issue comes to for the first time.</param>
internal sealed record BatchEntry(Stored<Subscriber> Subscriber, IReadOnlyList<DigestItem> Items, string? Skip = null, string? Decision = null)
{
    public bool IsRepeat => Decision is not null;
}
