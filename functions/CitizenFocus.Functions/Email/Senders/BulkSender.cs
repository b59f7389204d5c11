namespace CitizenFocus.Functions.Email.Senders;

/// <summary>Hands one e-mail for many people to a sender, however many that takes at once, and tells what became of each.</summary>
internal sealed class BulkSender(TimeProvider clock)
{
    private const int SingleInFlight = 8;

    /// <summary>Certainly not sent, through no fault of the provider's.</summary>
    public static readonly SendOutcome NotAttempted = new SendOutcome.Later(null, "Not handed over yet: the call before it was not taken.");
    private static readonly SendOutcome NotBegun = new SendOutcome.Later(null, "Not handed over yet: the calls before it took long.");

    /// <summary>No call is begun after it, so that whoever holds a lease knows by when the last has ended.</summary>
    public DateTimeOffset BeginUntil { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>
    /// Told before a refused call is made again in two, with who is in each: a report on one of them is to settle those only
    /// who were in one call with it.
    /// </summary>
    public Func<IReadOnlyList<BulkRecipient>, IReadOnlyList<BulkRecipient>, Task> Splitting { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Says nothing of the provider.</summary>
    public static bool IsOurs(SendOutcome outcome) => outcome == NotAttempted || outcome == NotBegun;

    /// <returns>An outcome a recipient, in their order.</returns>
    public async Task<IReadOnlyList<SendOutcome>> SendAsync(IEmailSender sender, BulkEmail email, CancellationToken cancellationToken)
    {
        var outcomes = new SendOutcome[email.Recipients.Count];
        if (sender is IBulkEmailSender bulk) await SendManyAsync(bulk, email, outcomes, cancellationToken);
        else await SendOneByOneAsync(sender, email, outcomes, cancellationToken);
        return outcomes;
    }

    /// <summary>
    /// A call that is refused as a whole is made again in halves, down to the addresses that are to blame. Two halves that are
    /// each refused to their last address were refused for something else; that costs twice as many calls as there are people.
    /// </summary>
    private async Task SendManyAsync(IBulkEmailSender sender, BulkEmail email, SendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var parts = new Stack<Range>(Parts(email.Recipients.Count, sender.MostPerCall).Reverse());
        while (parts.TryPop(out var part))
        {
            var (start, count) = part.GetOffsetAndLength(email.Recipients.Count);
            var recipients = Slice(email, start, count);
            var outcome = IsTimeUp ? NotBegun : await EmailMetrics.CallAsync(sender, KindOf(email), count, () => sender.SendAsync(email with { Recipients = recipients }, cancellationToken));
            if (outcome is SendOutcome.Refused && count > 1)
            {
                var half = count / 2;
                await Splitting(Slice(email, start, half), Slice(email, start + half, count - half));
                parts.Push((start + half)..(start + count));
                parts.Push(start..(start + half));
                continue;
            }

            outcomes.AsSpan(part).Fill(outcome);
            if (outcome is SendOutcome.Accepted or SendOutcome.Refused) continue;

            // Who does not take one call now takes the next no better.
            while (parts.TryPop(out var rest)) outcomes.AsSpan(rest).Fill(NotAttempted);
        }
    }

    private Task SendOneByOneAsync(IEmailSender sender, BulkEmail email, SendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var isNotTaken = false;
        return Parallel.ForAsync(
            0,
            outcomes.Length,
            new ParallelOptions { MaxDegreeOfParallelism = SingleInFlight, CancellationToken = cancellationToken },
            async (n, token) =>
            {
                outcomes[n] = Volatile.Read(ref isNotTaken) ? NotAttempted : IsTimeUp ? NotBegun : await EmailMetrics.CallAsync(sender, KindOf(email), 1, () => sender.SendAsync(email.For(email.Recipients[n]), token));
                if (outcomes[n] is SendOutcome.RefusedForUs or SendOutcome.Later) Volatile.Write(ref isNotTaken, true);
            });
    }

    private static string KindOf(BulkEmail email) => email.Recipients[0].Key.Kind;

    private bool IsTimeUp => clock.GetUtcNow() > BeginUntil;

    private static BulkRecipient[] Slice(BulkEmail email, int start, int count) => [.. email.Recipients.Skip(start).Take(count)];

    private static IEnumerable<Range> Parts(int count, int size)
    {
        for (var start = 0; start < count; start += size) yield return start..Math.Min(start + size, count);
    }
}
