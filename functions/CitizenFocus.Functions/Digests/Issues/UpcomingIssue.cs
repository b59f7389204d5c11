using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>What the next issue would hold if it were made now.</summary>
internal sealed class UpcomingIssue(DigestStates states, NumberCommitments number, DigestContent content, DigestEmails emails, Links links)
{
    public async Task<IReadOnlyList<DigestItem>> ItemsAsync(DigestCadence cadence, CancellationToken cancellationToken)
    {
        var state = (await states.GetAsync(cancellationToken)).Value;
        var numbered = await content.LoadAsync(state.Of(cadence).UpTo, state.LastNumber, cancellationToken);
        var pending = await number.ListPublishedAsync(cancellationToken);
        return [.. numbered, .. pending.Select((commitment, index) => new DigestItem(state.LastNumber + index + 1, commitment))];
    }

    /// <returns><see langword="null"/> where there is nothing new.</returns>
    public async Task<EmailMessage?> RenderAsync(DigestCadence cadence, PersonId person, EmailAddress address, DeliveryKey key, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(cadence, cancellationToken);
        if (items.Count == 0) return null;
        var opening = (await states.GetAsync(cancellationToken)).Value.Of(cadence).Opening;

        // It has no address of its own yet.
        return await emails.RenderForAsync(person, address, key, items, opening, links.Digest, EmailLanguage.English);
    }
}
