using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>Decides what a subscriber gets of an issue: what has a number beyond what they had, matches, and was not withdrawn; or why nothing.</summary>
internal sealed class SelectBatch(DigestContent content, RecipientRules rules, Suppressions suppressions)
{
    private const string NothingMatches = "Nothing new matches the topics.";
    private const string HasLeft = "The person has left the digest.";

    /// <summary>For those of a page, whose suppressions were read beside it.</summary>
    public async Task<IReadOnlyList<BatchEntry>> EntriesAsync(DigestIssue issue, IReadOnlyList<Stored<Subscriber>> page, IReadOnlySet<PersonId> suppressed, CancellationToken cancellationToken)
    {
        var after = page.Min(row => row.Value.CoveredUntil);
        var items = await content.LoadAsync(Math.Min(after, issue.After), issue.UpTo, cancellationToken);
        return [.. page.Select(row => Entry(row, row.Value.CoveredUntil, items, suppressed.Contains(row.Value.Person)))];
    }

    /// <summary>For one who was claimed before and is to be tried again.</summary>
    public async Task<BatchEntry> EntryAsync(Subscriber claimed, CancellationToken cancellationToken)
    {
        var isSuppressed = await suppressions.FindAsync(claimed.Person, cancellationToken) is { } suppression && suppression.Blocks(isBulk: true);
        var items = await content.LoadAsync(claimed.Last!.CoveredFrom, claimed.CoveredUntil, cancellationToken);
        return Entry(new(claimed, ETag.All), claimed.Last.CoveredFrom, items, isSuppressed);
    }

    private BatchEntry Entry(Stored<Subscriber> row, int after, IReadOnlyList<DigestItem> items, bool isSuppressed)
    {
        var subscriber = row.Value;
        if (!subscriber.IsActive) return new(row, [], HasLeft);
        if (isSuppressed) return new(row, [], RecipientRules.IsSuppressed + ".");
        if (rules.WhyNotTo(subscriber.Email) is { } reason) return new(row, [], reason);
        IReadOnlyList<DigestItem> matching = [.. items.Where(item => item.Number > after && subscriber.Wish.Takes(item.Commitment.Topics))];
        return matching.Count > 0 ? new(row, matching) : new(row, [], NothingMatches);
    }
}
