using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>The link of the e-mail that asks, and the button behind it. Looking changes nothing; pressing twice, no more than once.</summary>
internal static class ConfirmDigest
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/digest/confirm/{token}", Pages.Methods, ShowConfirmation);
        site.MapPost("/digest/confirm/{token}", Confirm).WithName(nameof(ConfirmDigest));
    }

    private static async Task<IResult> ShowConfirmation(
        HttpContext context, string token, Pages pages, Tokens tokens, UnconfirmedStore unconfirmed, SubscriberStore subscribers, Links links)
    {
        if (tokens.PersonOf(TokenPurpose.DigestConfirmation, token) is not { } person) return await UselessAsync(context, pages);
        var asked = await unconfirmed.FindAsync(person, context.RequestAborted);
        var subscriber = (await subscribers.FindAsync(person, context.RequestAborted))?.Value;
        if (asked is null && subscriber is not { IsActive: true }) return await UselessAsync(context, pages);

        return await pages.PageAsync<ConfirmationPage>(context, new Dictionary<string, object?>
        {
            [nameof(ConfirmationPage.Token)] = token,
            [nameof(ConfirmationPage.Wish)] = WishView.Of((asked?.Wish ?? subscriber?.Wish)!),
            [nameof(ConfirmationPage.PreferencesHref)] = asked is null ? links.DigestPreferences(tokens.Issue(TokenPurpose.DigestPreferences, person.Value)) : null,
        });
    }

    private static async Task<IResult> Confirm(HttpContext context, string token, Pages pages, Tokens tokens, Subscriptions subscriptions, Links links)
    {
        if (tokens.PersonOf(TokenPurpose.DigestConfirmation, token) is not { } person) return await UselessAsync(context, pages);
        return await subscriptions.ConfirmAsync(person, context.RequestAborted) is null ? await UselessAsync(context, pages) : new SeeOther(links.DigestConfirmation(token));
    }

    private static Task<IResult> UselessAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "This link does not work",
        "It holds for fourteen days, and for one subscription. Perhaps it was cut when it was copied: try to open it from the e-mail itself, or subscribe again.");
}
