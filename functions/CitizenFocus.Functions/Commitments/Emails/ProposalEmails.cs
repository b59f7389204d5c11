using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Tells proposers what became of their proposal.</summary>
internal sealed class ProposalEmails(CommitmentStore commitments, EmailRenderer renderer, EmailOptions options, Links links, TimeProvider clock) : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds { get; } = [ProposalDeliveries.ReceivedKind, ProposalDeliveries.PublishedKind, ProposalDeliveries.DeclinedKind];

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        if (await commitments.FindAsync(key.Part(0), cancellationToken) is not { Value: { Proposer: { } proposer } commitment } || proposer.Person != person) return new Composition.Nothing();
        return (key.Kind, commitment.Status) switch
        {
            (ProposalDeliveries.ReceivedKind, CommitmentStatus.Proposed) or
            (ProposalDeliveries.PublishedKind, CommitmentStatus.Published) or
            (ProposalDeliveries.DeclinedKind, CommitmentStatus.Declined) => new Composition.Ready(await RenderAsync(commitment, proposer, key)),
            (ProposalDeliveries.ReceivedKind, _) => new Composition.Skip("The proposal has been decided."),
            _ => new Composition.Skip("An organiser decided otherwise meanwhile."),
        };
    }

    public async Task<EmailMessage> RenderAsync(Commitment commitment, Proposer proposer, DeliveryKey key)
    {
        var language = EmailLanguage.Of(proposer.Language);
        var rendered = await (key.Kind switch
        {
            ProposalDeliveries.ReceivedKind => renderer.RenderAsync<ProposalReceivedEmail>(new Dictionary<string, object?>
            {
                [nameof(ProposalReceivedEmail.ListUrl)] = links.Absolute(links.Commitments),
            }, language),
            ProposalDeliveries.PublishedKind => renderer.RenderAsync<ProposalPublishedEmail>(new Dictionary<string, object?>
            {
                [nameof(ProposalPublishedEmail.Title)] = commitment.Title,
                [nameof(ProposalPublishedEmail.PageUrl)] = links.Absolute(links.Commitment(commitment.Id)),
            }, language),
            _ => renderer.RenderAsync<ProposalDeclinedEmail>(new Dictionary<string, object?>
            {
                [nameof(ProposalDeclinedEmail.Title)] = commitment.Title,
                [nameof(ProposalDeclinedEmail.Reason)] = commitment.DeclineReason ?? "",
                [nameof(ProposalDeclinedEmail.ProposeUrl)] = links.Absolute(links.ProposeCommitment),
            }, language),
        });
        return rendered.To(proposer.Email, proposer.Person, key, options, clock.GetUtcNow());
    }
}
