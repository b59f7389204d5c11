using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>Topics, language and cadence, by the link in each digest.</summary>
internal static class ChangeDigestPreferences
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/digest/preferences/{token}", Pages.Methods, ShowPreferences);
        site.MapPost("/digest/preferences/{token}", Change).WithName(nameof(ChangeDigestPreferences));
    }

    private static async Task<IResult> ShowPreferences(HttpContext context, string token, Pages pages, Tokens tokens, SubscriberStore subscribers, DigestTopics topics)
    {
        if (await FindAsync(context, token, tokens, subscribers) is not { } subscriber) return await UselessAsync(context, pages);
        return await PageAsync(context, pages, tokens, topics, token, subscriber.Person, subscriber.Wish, context.Request.Query.ContainsKey("saved"), new());
    }

    private static async Task<IResult> Change(
        HttpContext context, string token, Pages pages, Tokens tokens, SubscriberStore subscribers, Subscriptions subscriptions, DigestTopics topics, Links links)
    {
        if (await FindAsync(context, token, tokens, subscribers) is not { } subscriber) return await UselessAsync(context, pages);
        var body = await RequestBody.ReadAsync(context);
        if (body is Submission.Refused(var answer)) return answer;
        if (body is Submission.Fields sent)
        {
            var errors = new ValidationErrors();
            var wish = WishFields.Read(sent, RequestLanguage.Of(context.Request), errors);
            if (errors.Count > 0) return await PageAsync(context, pages, tokens, topics, token, subscriber.Person, wish, false, errors);
            if (!await subscriptions.ChangeAsync(subscriber.Person, wish, context.RequestAborted)) return await UselessAsync(context, pages);
        }

        return Negotiation.WantsJson(context.Request) ? Results.NoContent() : new SeeOther(links.DigestPreferences(token) + "?saved");
    }

    private static async Task<Subscriber?> FindAsync(HttpContext context, string token, Tokens tokens, SubscriberStore subscribers) =>
        tokens.PersonOf(TokenPurpose.DigestPreferences, token) is { } person
        && await subscribers.FindAsync(person, context.RequestAborted) is { Value: { IsActive: true } subscriber }
            ? subscriber
            : null;

    private static async Task<IResult> PageAsync(
        HttpContext context, Pages pages, Tokens tokens, DigestTopics topics, string token, PersonId person, SubscriptionWish wish, bool isSaved, ValidationErrors errors)
    {
        if (errors.Count > 0 && Negotiation.WantsJson(context.Request)) return Problems.Validation(errors);
        return await pages.PageAsync<PreferencesPage>(
            context,
            new Dictionary<string, object?>
            {
                [nameof(PreferencesPage.Model)] = new PreferencesModel
                {
                    Token = token,
                    UnsubscriptionToken = tokens.Issue(TokenPurpose.DigestUnsubscription, person.Value),
                    Topics = await topics.ListAsync(wish.Topics, context.RequestAborted),
                    Wish = WishView.Of(wish),
                    IsSaved = isSaved,
                    Errors = errors,
                },
            },
            errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static Task<IResult> UselessAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "There is no such subscription",
        "Perhaps you have left, or the link was cut when it was copied: try to open it from the e-mail itself, or subscribe again.");
}
