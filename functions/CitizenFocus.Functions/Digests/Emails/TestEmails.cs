using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>The next issue as it would be now, to an organiser who asked for it.</summary>
internal sealed class TestEmails(UpcomingIssue upcoming, TestStore tests, DigestEmails digests, TimeProvider clock) : IEmailComposer, IEmailSamples
{
    public const string Kind = "digest-test";

    public IReadOnlyCollection<string> Kinds { get; } = [Kind];

    public DeliveryKey NewKey(DigestCadence cadence) =>
        DeliveryKey.Of(Kind, IssueKey.NameOf(cadence), clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        if (IssueKey.FindCadence(key.Part(0)) is not { } cadence || await tests.FindAsync(person, cancellationToken) is not { } address) return new Composition.Nothing();
        return await upcoming.RenderAsync(cadence, person, address, key, cancellationToken) is { } email
            ? new Composition.Ready(Test(email))
            : new Composition.Skip("There is nothing new any more.");
    }

    public IEnumerable<EmailSample> Of(SampleWords words) => digests.Of(words).Select(sample =>
        new EmailSample(Kind, Kind, "An organiser asks for a test of the next digest.", async () => Test(await sample.ComposeAsync())));

    /// <summary>To one who asked for it just now, so it is no bulk mail.</summary>
    private static EmailMessage Test(EmailMessage email) => email with { Subject = "Test: " + email.Subject, IsBulk = false, UnsubscribeUrl = null };
}
