using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>
/// Leaving: a page with one button, and RFC 8058's one click; both can be undone. It ends the digest and nothing else; a
/// digest that is on its way by shards looks at the subscriber again before it is handed over.
/// </summary>
internal static class UnsubscribeFromDigest
{
    private const string Reason = "reason";
    private const string UndoDigestUnsubscription = nameof(UndoDigestUnsubscription);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/digest/unsubscribe/{token}", Pages.Methods, ShowUnsubscription);
        site.MapPost("/digest/unsubscribe/{token}", Unsubscribe).WithName(nameof(UnsubscribeFromDigest));
        site.MapPost("/digest/unsubscribe/{token}/undo", Undo).WithName(UndoDigestUnsubscription);
    }

    private static async Task<IResult> ShowUnsubscription(HttpContext context, string token, Pages pages, Tokens tokens, SubscriberStore subscribers) =>
        tokens.PersonOf(TokenPurpose.DigestUnsubscription, token) is { } person
            ? await PageAsync(context, pages, token, (await subscribers.FindAsync(person, context.RequestAborted))?.Value)
            : await UselessAsync(context, pages);

    /// <summary>Whatever the body says, or says not: a client that gets it wrong still means it.</summary>
    private static async Task<IResult> Unsubscribe(HttpContext context, string token, Pages pages, Tokens tokens, SubscriberStore subscribers, Subscriptions subscriptions, Links links)
    {
        if (tokens.PersonOf(TokenPurpose.DigestUnsubscription, token) is not { } person) return await UselessAsync(context, pages);

        var sent = await RequestBody.ReadAsync(context) as Submission.Fields;
        await subscriptions.LeaveAsync(person, sent is null ? null : ReasonOf(sent), context.RequestAborted);

        // RFC 8058 section 3.1: the answer to one-click must not be a redirect.
        return sent?.Text("List-Unsubscribe") is not null
            ? await PageAsync(context, pages, token, (await subscribers.FindAsync(person, context.RequestAborted))?.Value)
            : new SeeOther(links.DigestUnsubscription(token) + (sent?.Text(Reason) is null ? "" : "?thanks"));
    }

    private static async Task<IResult> Undo(HttpContext context, string token, Pages pages, Tokens tokens, Subscriptions subscriptions, Links links)
    {
        if (tokens.PersonOf(TokenPurpose.DigestUnsubscription, token) is not { } person) return await UselessAsync(context, pages);
        return await subscriptions.UndoAsync(person, context.RequestAborted)
            ? new SeeOther(links.DigestPreferences(tokens.Issue(TokenPurpose.DigestPreferences, person.Value)))
            : await pages.MessageAsync(context, StatusCodes.Status404NotFound, "There is nothing to undo any more", "Your address was forgotten meanwhile. You can subscribe again.");
    }

    /// <summary>What does not read as text is no reason to keep anybody.</summary>
    private static string? ReasonOf(Submission.Fields sent)
    {
        var errors = new ValidationErrors();
        var reason = new FieldReader(sent, errors).Text(Reason, Subscriptions.MaxReasonLength).Trim();
        return errors.Count > 0 || reason.Length == 0 ? null : reason;
    }

    private static Task<IResult> PageAsync(HttpContext context, Pages pages, string token, Subscriber? subscriber) =>
        pages.PageAsync<UnsubscriptionPage>(context, new Dictionary<string, object?>
        {
            [nameof(UnsubscriptionPage.Token)] = token,
            [nameof(UnsubscriptionPage.IsDone)] = subscriber is not { IsActive: true },
            [nameof(UnsubscriptionPage.CanUndo)] = subscriber is not null,
            [nameof(UnsubscriptionPage.HasTold)] = context.Request.Query.ContainsKey("thanks"),
        });

    private static Task<IResult> UselessAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "This link does not work",
        "Perhaps it was cut when it was copied: try to open it from the e-mail itself.");
}
