using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>Asks whether somebody wants the digest, or only their address was typed.</summary>
internal sealed class SubscriptionEmails(
    UnconfirmedStore unconfirmed, Tokens tokens, EmailRenderer renderer, EmailOptions options, Links links, TimeProvider clock) : IEmailComposer, IEmailSamples
{
    public const string Kind = "digest-confirmation";

    public IReadOnlyCollection<string> Kinds { get; } = [Kind];

    public static DeliveryKey KeyOf(string request) => DeliveryKey.Of(Kind, request);

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        if (await unconfirmed.FindAsync(person, cancellationToken) is not { } asked) return new Composition.Nothing();
        return asked.Request == key.Part(0)
            ? new Composition.Ready(await RenderAsync(person, asked.Email, asked.Wish, key))
            : new Composition.Skip("The person asked again since, and gets that e-mail.");
    }

    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        yield return new(Kind, Kind, "Somebody subscribes to the digest, and has to confirm it.", () =>
            RenderAsync(PersonId.FromHash(new byte[32]), EmailAddress.Parse("anna@example.org"), new() { Language = words.Language }, KeyOf("1")));
    }

    private async Task<EmailMessage> RenderAsync(PersonId person, EmailAddress address, SubscriptionWish wish, DeliveryKey key)
    {
        var token = tokens.Issue(TokenPurpose.DigestConfirmation, person.Value, UnconfirmedStore.ConfirmWithin);
        var rendered = await renderer.RenderAsync<ConfirmSubscriptionEmail>(new Dictionary<string, object?>
        {
            [nameof(ConfirmSubscriptionEmail.Cadence)] = wish.Cadence,
            [nameof(ConfirmSubscriptionEmail.ConfirmUrl)] = links.Absolute(links.DigestConfirmation(token)),
        }, EmailLanguage.Of(wish.Language));
        return rendered.To(address, person, key, options, clock.GetUtcNow());
    }
}
