using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Tells everybody who has a seat what changed: once for all edits that were made until it was told, and not to who was
/// told the new state with their seat.
/// </summary>
internal sealed class TellChange(RegistrationStore registrations, Retelling retelling, TimeProvider clock)
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
            if (!faces.TryGetValue(told, out var before)) faces[told] = before = await registrations.FindFaceAsync(webinar.Slug, told, cancellationToken);
            if (before == current) return null;

            var change = RegistrationMapping.WithSequence(webinar.Slug, row.RowKey, sequence);
            change["ToldRevision"] = revision;
            change["ToldBefore"] = told;

            // Who comes at another time now goes by this mail; a reminder that was due before it would say nothing new.
            if (before?.StartsApartFrom(current) != false) change["ToldAt"] = clock.GetUtcNow();
            return new(change, WebinarDeliveries.Changed(webinar.Slug, sequence));
        }
    }
}
