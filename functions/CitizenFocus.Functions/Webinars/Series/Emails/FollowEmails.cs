using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>Asks whether somebody wants to follow a series, or only their address was typed.</summary>
internal sealed class FollowEmails(
    SeriesStore store, FollowerStore followers, Tokens tokens, EmailRenderer renderer, EmailOptions options, Links links, TimeProvider clock) : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds { get; } = [SeriesDeliveries.FollowKind];

    public async Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var slug = key.Part(0);
        if (await followers.FindUnconfirmedAsync(slug, person, cancellationToken) is not var (email, language)) return new Composition.Nothing();
        if (await store.FindAsync(slug, cancellationToken) is not { } series) return new Composition.Skip("The series is gone.");
        if (await followers.ExistsAsync(slug, person, cancellationToken)) return new Composition.Skip("The person follows already.");

        return new Composition.Ready(await RenderAsync(series, person, email, language, key));
    }

    public async Task<EmailMessage> RenderAsync(WebinarSeries series, PersonId person, EmailAddress email, string language, DeliveryKey key)
    {
        var token = tokens.Issue(TokenPurpose.Follow, $"{series.Slug}|{person}", FollowerStore.ConfirmWithin);
        var rendered = await renderer.RenderAsync<FollowEmail>(new Dictionary<string, object?>
        {
            [nameof(FollowEmail.Series)] = series,
            [nameof(FollowEmail.ConfirmUrl)] = links.Absolute(links.FollowConfirmation(token)),
        }, EmailLanguage.Of(language));
        return rendered.To(email, person, key, options, clock.GetUtcNow());
    }
}
