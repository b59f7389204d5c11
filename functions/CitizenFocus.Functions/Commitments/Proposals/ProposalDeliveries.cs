using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Commitments;

/// <summary>The keys of e-mails to proposers: one of each kind a proposal, whatever happens to it.</summary>
internal static class ProposalDeliveries
{
    public const string ReceivedKind = "proposal-received";
    public const string PublishedKind = "proposal-published";
    public const string DeclinedKind = "proposal-declined";

    /// <summary>The e-mail to a commitment's proposer, if it has one.</summary>
    public static OwedEmail? Owe(string kind, Commitment commitment) =>
        commitment.Proposer is { } proposer ? new(proposer.Person, DeliveryKey.Of(kind, commitment.Id)) : null;
}
