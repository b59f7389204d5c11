using System.Collections.Concurrent;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Digests;

/// <summary>A commitment and its number.</summary>
internal sealed record DigestItem(int Number, Commitment Commitment);

/// <summary>What a range of numbers holds, as it is now: what was withdrawn is not in it.</summary>
internal sealed class DigestContent(IssueStore issues, CommitmentService commitments)
{
    // Numbers are given once, so what is known of them stays true.
    private readonly ConcurrentDictionary<int, string> _ids = new();
    private readonly ConcurrentDictionary<(int After, int UpTo), IReadOnlyList<DigestItem>> _latest = new();
    private readonly SharedRuns<(int After, int UpTo)> _runs = new();

    /// <summary>In the order of their numbers. Those who ask while others do share what is read; it is never older than the question.</summary>
    public async Task<IReadOnlyList<DigestItem>> LoadAsync(int after, int upTo, CancellationToken cancellationToken)
    {
        await _runs.RunAsync((after, upTo), async () => _latest[(after, upTo)] = await ReadAsync(after, upTo)).WaitAsync(cancellationToken);
        return _latest[(after, upTo)];
    }

    private async Task<IReadOnlyList<DigestItem>> ReadAsync(int after, int upTo)
    {
        var numbers = Enumerable.Range(after + 1, Math.Max(0, upTo - after)).ToList();
        if (numbers.Exists(number => !_ids.ContainsKey(number)))
        {
            foreach (var (number, id) in await issues.ListNumberedAsync(after, upTo, CancellationToken.None)) _ids[number] = id;
        }

        var published = await commitments.FindPublishedAsync([.. numbers.Select(number => _ids[number])], CancellationToken.None);
        return [.. numbers.Where(number => published.ContainsKey(_ids[number])).Select(number => new DigestItem(number, published[_ids[number]]))];
    }
}
