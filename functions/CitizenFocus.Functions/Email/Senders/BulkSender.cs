namespace CitizenFocus.Functions.Email.Senders;

/// <summary>Hands one e-mail for many people to a sender, however many that takes at once, and tells what became of each.</summary>
internal static class BulkSender
{
    private const int SingleInFlight = 8;

    private static readonly SendOutcome NotAttempted = new SendOutcome.Later(null, "Not handed over yet: the call before it was not taken.");

    /// <returns>An outcome a recipient, in their order.</returns>
    public static async Task<IReadOnlyList<SendOutcome>> SendAsync(IEmailSender sender, BulkEmail email, CancellationToken cancellationToken)
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
    private static async Task SendManyAsync(IBulkEmailSender sender, BulkEmail email, SendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var parts = new Stack<Range>(Parts(email.Recipients.Count, sender.MostPerCall).Reverse());
        while (parts.TryPop(out var part))
        {
            var (start, count) = part.GetOffsetAndLength(email.Recipients.Count);
            var outcome = await sender.SendAsync(email with { Recipients = [.. email.Recipients.Skip(start).Take(count)] }, cancellationToken);
            if (outcome is SendOutcome.Refused && count > 1)
            {
                var middle = start + (count / 2);
                parts.Push(middle..(start + count));
                parts.Push(start..middle);
                continue;
            }

            outcomes.AsSpan(part).Fill(outcome);
            if (outcome is SendOutcome.Accepted or SendOutcome.Refused) continue;

            // Who does not take one call now takes the next no better.
            while (parts.TryPop(out var rest)) outcomes.AsSpan(rest).Fill(NotAttempted);
        }
    }

    private static Task SendOneByOneAsync(IEmailSender sender, BulkEmail email, SendOutcome[] outcomes, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        outcomes.Length,
        new ParallelOptions { MaxDegreeOfParallelism = SingleInFlight, CancellationToken = cancellationToken },
        async (n, token) => outcomes[n] = await sender.SendAsync(email.For(email.Recipients[n]), token));

    private static IEnumerable<Range> Parts(int count, int size)
    {
        for (var start = 0; start < count; start += size) yield return start..Math.Min(start + size, count);
    }
}
