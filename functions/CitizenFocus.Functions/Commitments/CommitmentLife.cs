namespace CitizenFocus.Functions.Commitments;

/// <summary>
/// What becomes of a commitment, by an organiser's word. Each step is one transaction that also says which e-mail is owed,
/// so that a process that dies anywhere leaves either nothing done or all of it to be told; asked twice, it is done once.
/// </summary>
internal sealed class CommitmentLife(CommitmentStore store, ProposerMail mail, IEnumerable<ICommitmentPublication> publications, TimeProvider clock)
{
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>Now or before.</summary>
        internal sealed record Done(StoredCommitment Commitment) : Outcome;

        internal sealed record NotFound : Outcome;

        internal sealed record Refused(string Why) : Outcome;

        /// <summary>It is not as the organiser read it.</summary>
        internal sealed record Stale : Outcome;
    }

    /// <summary>Publishes what was proposed; or declined, for an organiser may think better of it.</summary>
    /// <param name="isExpected">Whether the row is the one that the organiser means; asked only where something is to change.</param>
    public Task<Outcome> PublishAsync(string id, Func<ETag, bool> isExpected, CancellationToken cancellationToken) => MoveAsync(
        id,
        isExpected,
        async commitment =>
        {
            if (commitment.Status == CommitmentStatus.Withdrawn) return new Step.No("It was withdrawn, and that is for good.");
            if (commitment.Status == CommitmentStatus.Published) return new Step.Nothing();

            await AnnounceAsync(commitment, cancellationToken);
            return new Step.To(commitment with { Status = CommitmentStatus.Published, PublishedAt = clock.GetUtcNow(), DeclineReason = null }, ProposalDeliveries.PublishedKind);
        },
        cancellationToken);

    /// <param name="reason">For the proposer to read.</param>
    public Task<Outcome> DeclineAsync(string id, string reason, Func<ETag, bool> isExpected, CancellationToken cancellationToken) => MoveAsync(
        id,
        isExpected,
        commitment => Task.FromResult<Step>(commitment.Status switch
        {
            CommitmentStatus.Proposed => new Step.To(commitment with { Status = CommitmentStatus.Declined, DeclineReason = reason }, ProposalDeliveries.DeclinedKind),
            CommitmentStatus.Declined => new Step.Nothing(),
            CommitmentStatus.Published => new Step.No("It is published: withdraw it instead."),
            _ => new Step.No("It was withdrawn, and that is for good."),
        }),
        cancellationToken);

    /// <summary>Takes back what is published; or, without an e-mail to anybody, what was proposed in bad faith.</summary>
    public Task<Outcome> WithdrawAsync(string id, Func<ETag, bool> isExpected, CancellationToken cancellationToken) => MoveAsync(
        id,
        isExpected,
        commitment => Task.FromResult<Step>(commitment.Status == CommitmentStatus.Withdrawn
            ? new Step.Nothing()
            : new Step.To(commitment with { Status = CommitmentStatus.Withdrawn, ChangedAt = clock.GetUtcNow() }, null)),
        cancellationToken);

    /// <summary>Before it is published, so that nothing published is missing where it is announced.</summary>
    public async Task AnnounceAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        foreach (var publication in publications) await publication.AnnounceAsync(commitment.Id, commitment.Topics, cancellationToken);
    }

    private abstract record Step
    {
        private Step()
        {
        }

        internal sealed record To(Commitment Commitment, string? TellKind) : Step;

        internal sealed record Nothing : Step;

        internal sealed record No(string Why) : Step;
    }

    private async Task<Outcome> MoveAsync(string id, Func<ETag, bool> isExpected, Func<Commitment, Task<Step>> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } found) return new Outcome.NotFound();
            switch (await decide(found.Value))
            {
                case Step.Nothing:
                    return new Outcome.Done(found);
                case Step.No(var why):
                    return new Outcome.Refused(why);
                case Step.To when !isExpected(found.ETag):
                    return new Outcome.Stale();
                case Step.To(var next, var kind):
                    var owed = kind is null ? null : ProposalDeliveries.Owe(kind, next);
                    if (!await store.TryReplaceAsync(found, next, owed, cancellationToken)) continue; // Changed meanwhile: look again.
                    await mail.SendAsync(owed, cancellationToken);
                    return await store.FindAsync(id, cancellationToken) is { } changed ? new Outcome.Done(changed) : new Outcome.NotFound();
                case var other:
                    throw new InvalidOperationException($"No outcome for {other}.");
            }
        }
    }
}
