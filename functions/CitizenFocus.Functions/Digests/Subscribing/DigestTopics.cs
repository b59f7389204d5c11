using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Digests;

/// <summary>The topics that one can choose: those that commitments have.</summary>
internal sealed class DigestTopics(CommitmentService commitments)
{
    /// <param name="chosen">Stay in the list though no commitment has them any more.</param>
    public async Task<IReadOnlyList<SelectOption>> ListAsync(IReadOnlyList<string> chosen, CancellationToken cancellationToken) =>
    [
        .. (await commitments.ListTopicsAsync(cancellationToken)).Concat(chosen)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .Select(topic => new SelectOption(topic, topic)),
    ];
}
