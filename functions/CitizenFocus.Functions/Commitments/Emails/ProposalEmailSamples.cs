using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

internal sealed class ProposalEmailSamples(ProposalEmails emails, TimeProvider clock) : IEmailSamples
{
    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        var proposer = new Proposer { Person = PersonId.FromHash(new byte[32]), Email = EmailAddress.Parse("anna@example.org"), ConsentVersion = "1", Language = words.Language };
        var commitment = new Commitment { Id = "a-sample", Title = words.Title, SubmittedAt = clock.GetUtcNow(), DeclineReason = words.Summary, Proposer = proposer };
        EmailSample Sample(string kind, string when) => new(kind, kind, when, () => emails.RenderAsync(commitment, proposer, DeliveryKey.Of(kind, commitment.Id)));

        yield return Sample(ProposalDeliveries.ReceivedKind, "Somebody proposed a commitment.");
        yield return Sample(ProposalDeliveries.PublishedKind, "An organiser published what somebody proposed.");
        yield return Sample(ProposalDeliveries.DeclinedKind, "An organiser declined what somebody proposed.");
    }
}
