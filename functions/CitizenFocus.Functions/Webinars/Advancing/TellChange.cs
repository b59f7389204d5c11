using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Tells everybody who has a seat what changed: once for all edits that were made until it was told, and not to who was
/// told the new state with their seat.
/// </summary>
internal sealed class TellChange(RegistrationStore registrations, Retelling retelling, SendLedger ledger, TimeProvider clock)
{
    private static readonly RegistrationStatus[] Concerned = [RegistrationStatus.Confirmed];

    public async Task AdvanceAsync(Webinar webinar, int revision, Stored<Broadcast> place, CancellationToken cancellationToken)
    {
        // One that a later change overtook is told with that one.
        if (await registrations.FindFaceAsync(webinar.Slug, revision, cancellationToken) is not { } current) return;

        var faces = new Dictionary<int, WebinarFace?> { [revision] = current };
        await retelling.AdvanceAsync(webinar.Slug, place, Concerned, TellAsync, cancellationToken);

        async Task<Retelling.Told?> TellAsync(TableEntity row, int sequence)
        {
            var told = row.GetInt32("ToldRevision") ?? 0;
            if (told >= revision) return null;

            // A mail about the change before that has not gone out by now never will: this one stands in for it.
            var replaces = row.GetInt32("ToldBefore") is { } earlier && earlier < told && !await WentOutAsync(row, sequence - 1) ? earlier : (int?)null;
            if (!faces.TryGetValue(told, out var before)) faces[told] = before = await registrations.FindFaceAsync(webinar.Slug, told, cancellationToken);
            if (before == current && replaces is null) return null;

            var change = RegistrationMapping.WithSequence(webinar.Slug, row.RowKey, sequence);
            change["ToldRevision"] = revision;
            change["ToldBefore"] = replaces ?? told;

            // Who comes at another time now goes by this mail; a reminder that was due before it would say nothing new.
            if (before?.StartsApartFrom(current) != false) change["ToldAt"] = clock.GetUtcNow();
            return new(change, WebinarDeliveries.Changed(webinar.Slug, sequence));
        }

        async Task<bool> WentOutAsync(TableEntity row, int sequence) =>
            await ledger.FindAsync(RowKeys.PersonOf(row.RowKey), WebinarDeliveries.Changed(webinar.Slug, sequence), cancellationToken)
                is { Value.State: DeliveryState.Accepted or DeliveryState.Sending or DeliveryState.Unknown };
    }
}
