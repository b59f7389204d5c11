using System.Globalization;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Tracing;

/// <summary>What comes next of an e-mail, in a sentence.</summary>
/// <param name="At">When it is due; <see langword="null"/> where nothing is, or at no set time.</param>
internal sealed record NextStep(string Sentence, DateTimeOffset? At = null)
{
    private const string ByItself = "Nothing will happen by itself: ";

    /// <param name="pause">Sending is stopped.</param>
    /// <param name="suppression">The person's, as it is now; <see langword="null"/> where there is none.</param>
    public static NextStep Of(Delivery row, bool isBulk, Pause? pause, Suppression? suppression, DateTimeOffset now)
    {
        if (row.Report is { } report && report != DeliveryReportState.Processed) return Reported(report);
        if (row.State == DeliveryState.Accepted || row.Report is not null) return Accepted(row.Provider);
        return row.State switch
        {
            DeliveryState.Refused => new(ByItself + "the provider refused it for good. Send it again once the cause is gone."),
            DeliveryState.Failed => new(ByItself + "send it again."),
            DeliveryState.Unknown when row.DueAt is null => new(ByItself + "whether it was sent is not known. Send it again if a second one does less harm than none."),
            DeliveryState.Skipped when row.Reason?.StartsWith(RecipientRules.IsSuppressed, StringComparison.Ordinal) == true =>
                suppression?.Blocks(isBulk) == true
                    ? new(ByItself + "lift the suppression, and send it again.")
                    : new(ByItself + "the suppression has gone since. Send it again."),
            DeliveryState.Skipped => new("Nothing: it did not apply any more when its turn came."),
            DeliveryState.Sending when row.LeaseUntil > now => new($"Is being handed to {row.Provider} now; what became of it is known by {Text(row.LeaseUntil.Value)}.", row.LeaseUntil),
            _ when pause is not null => new($"Sending is paused by an organiser: {pause.Reason}"),
            DeliveryState.Sending => new("Will be settled within minutes: the sender stopped before it knew the provider's answer."),
            DeliveryState.Unknown when row.DueAt <= now => new("Will be settled within minutes: no answer came from the provider.", row.DueAt),
            DeliveryState.Unknown => new($"Will be settled at {Text(row.DueAt!.Value)}: until then a report may show that it was accepted.", row.DueAt),
            DeliveryState.Later when suppression?.Blocks(isBulk) == true => new($"Will not be sent when its turn comes: the address is suppressed ({suppression.Reason}).", row.DueAt),
            DeliveryState.Later when row.DueAt is null || row.DueAt <= now => new("Is sent within minutes: its turn has come.", row.DueAt),
            DeliveryState.Later when row.Reason?.EndsWith(HandOver.LimitsAreUsedUp, StringComparison.Ordinal) == true =>
                new($"Waits for its turn at the provider's limits, until {Text(row.DueAt.Value)}.", row.DueAt),
            DeliveryState.Later => new($"Is tried again at {Text(row.DueAt.Value)}.", row.DueAt),
            _ => throw new InvalidOperationException("No such state."),
        };
    }

    private static NextStep Accepted(string? provider) => provider is EmailProviders.SendGrid or EmailProviders.CommunicationServices
        ? new("Waits for the provider's report of its delivery.")
        : new("Nothing: the provider has it, and reports no more.");

    private static NextStep Reported(DeliveryReportState report) => report switch
    {
        DeliveryReportState.Deferred => new("The provider tries again by itself: the receiving server asked it to."),
        DeliveryReportState.Delivered or DeliveryReportState.Opened or DeliveryReportState.Clicked => new("Nothing: it was delivered."),
        DeliveryReportState.Unsubscribed => new("Nothing: the person left, and gets no more mail that goes to many."),
        DeliveryReportState.SoftBounced => new(ByItself + "it came back for the moment. Later mails are tried."),
        DeliveryReportState.Bounced => new(ByItself + "it came back for good, or the provider drops mail to this address. Ask the person for another one."),
        DeliveryReportState.Complained => new("Nothing: the person marked it as spam, and gets no more mail."),
        _ => throw new InvalidOperationException("No such report."),
    };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
