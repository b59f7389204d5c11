using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>Tells everybody who has a seat or is in line for one that the webinar is cancelled.</summary>
internal sealed class CallOff(Retelling retelling)
{
    private static readonly RegistrationStatus[] Concerned =
        [RegistrationStatus.Confirmed, RegistrationStatus.Offered, RegistrationStatus.Waiting, RegistrationStatus.Dormant, RegistrationStatus.Pending];

    public Task AdvanceAsync(WebinarSlug webinar, Stored<Broadcast> place, CancellationToken cancellationToken) => retelling.AdvanceAsync(
        webinar,
        place,
        Concerned,
        (row, sequence) => Task.FromResult<Retelling.Told?>(new(RegistrationMapping.WithSequence(webinar, row.RowKey, sequence), WebinarDeliveries.Cancelled(webinar, sequence))),
        cancellationToken);
}
