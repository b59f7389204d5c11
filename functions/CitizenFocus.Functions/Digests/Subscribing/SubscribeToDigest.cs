using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>A visitor asks for the digest. The answer is the same for every address, and the one e-mail holds nothing that was typed.</summary>
internal static class SubscribeToDigest
{
    /// <summary>The wording beside the button. Whoever changes the wording changes this.</summary>
    private const string ConsentVersion = "2026-11-27";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/digest", Pages.Methods, ShowForm);
        site.MapMethods("/digest/subscriptions", Pages.Methods, ShowAsked);
        site.MapPost("/digest/subscriptions", Subscribe).WithName(nameof(SubscribeToDigest));
    }

    private static Task<IResult> ShowForm(HttpContext context, Pages pages, DigestTopics topics, IssueStore issues, FormTokens forms) =>
        pages.CachedPageAsync<DigestPage>(context, "digest", async cancellationToken => new Dictionary<string, object?>
        {
            [nameof(DigestPage.Model)] = await ModelAsync(topics, issues, cancellationToken) with { FormToken = forms.Issue() },
        });

    private static Task<IResult> ShowAsked(HttpContext context, Pages pages) => pages.PageAsync<SubscriptionAskedPage>(context, new Dictionary<string, object?>());

    private static async Task<IResult> Subscribe(
        HttpContext context,
        Pages pages,
        DigestTopics topics,
        IssueStore issues,
        UnconfirmedStore unconfirmed,
        EmailQueue emails,
        PersonIds personIds,
        FormTokens forms,
        ClientRateLimit rateLimit,
        DigestOptions options,
        Links links)
    {
        if (rateLimit.TryTake("digest", context, options.SubscriptionsPerMinute, options.SubscriptionsPerNetworkAndMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        switch (await RequestBody.ReadAsync(context))
        {
            case Submission.Refused(var answer):
                return answer;

            case Submission.Robot:
                return Asked(context, links);

            case Submission.Fields sent:
                var errors = new ValidationErrors();
                var wish = WishFields.Read(sent, RequestLanguage.Of(context.Request), errors);
                if (!EmailAddress.TryParse(sent.Text(WishFields.Email), out var address)) errors.Add(WishFields.Email, "Enter an e-mail address like name@example.org.");
                if (errors.Count > 0)
                {
                    if (Negotiation.WantsJson(context.Request)) return Problems.Validation(errors);
                    var model = await ModelAsync(topics, issues, context.RequestAborted) with { Email = sent.Text(WishFields.Email), Wish = wish, Errors = errors, FormToken = forms.Issue() };
                    return await pages.PageAsync<DigestPage>(context, new Dictionary<string, object?> { [nameof(DigestPage.Model)] = model }, StatusCodes.Status400BadRequest);
                }

                var asked = await unconfirmed.AskAsync(personIds.Of(address), address, wish, ConsentVersion, context.RequestAborted);
                await emails.EnqueueAsync(asked.Person, SubscriptionEmails.KeyOf(asked.Request), TimeSpan.Zero, context.RequestAborted);
                return Asked(context, links);

            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    private static async Task<DigestPageModel> ModelAsync(DigestTopics topics, IssueStore issues, CancellationToken cancellationToken) => new()
    {
        Topics = await topics.ListAsync([], cancellationToken),
        Issues = [.. (await DigestArchive.ListAsync(issues, cancellationToken)).Take(DigestPageModel.MostIssues).Select(IssueView.Of)],
    };

    private static IResult Asked(HttpContext context, Links links) => Negotiation.WantsJson(context.Request)
        ? Results.Json(new("received", "An e-mail has the link that confirms."), DigestJson.Default.SubscriptionReceivedDocument, statusCode: StatusCodes.Status202Accepted)
        : new SeeOther(links.DigestSubscriptions);
}
