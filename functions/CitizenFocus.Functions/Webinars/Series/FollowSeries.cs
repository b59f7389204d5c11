using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>
/// "Tell me about the next one": asked by a form, and confirmed by a link and its button, so that nobody follows whose
/// address somebody else typed. Looking changes nothing.
/// </summary>
internal static class FollowSeries
{
    private const string ConfirmFollow = nameof(ConfirmFollow);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/series/{slug}/followers", Follow).WithName(nameof(FollowSeries));
        site.MapMethods("/series/{slug}/followers", Pages.Methods, ShowAsked);
        site.MapMethods("/series/confirm/{token}", Pages.Methods, ShowConfirmation);
        site.MapPost("/series/confirm/{token}", Confirm).WithName(ConfirmFollow);
    }

    private static async Task<IResult> Follow(
        HttpContext context,
        string slug,
        Pages pages,
        SeriesStore store,
        SeriesPages models,
        FollowerStore followers,
        EmailQueue emails,
        PersonIds personIds,
        ClientRateLimit rateLimit,
        WebinarOptions options,
        Links links,
        TimeProvider clock)
    {
        if (rateLimit.TryTake("followers", context, options.ConfirmationRequestsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        if (await store.FindAsync(slug, context.RequestAborted) is not { } series) return await pages.NotFoundAsync(context);

        var body = await RequestBody.ReadAsync(context);
        if (body is Submission.Refused(var answer)) return answer;
        if (body is Submission.Fields sent)
        {
            if (!EmailAddress.TryParse(sent.Text("email"), out var address))
            {
                var errors = new ValidationErrors { { "email", "Enter an e-mail address like name@example.org." } };
                if (Negotiation.WantsJson(context.Request)) return Problems.Validation(errors);
                var model = await models.ModelAsync(series, context.RequestAborted) with { Email = sent.Text("email"), Errors = errors };
                return await pages.PageAsync<SeriesPage>(context, SeriesPages.Parameters(model), StatusCodes.Status400BadRequest);
            }

            var person = personIds.Of(address);
            await followers.AskAsync(series.Slug, person, address, RequestLanguage.Of(context.Request), context.RequestAborted);
            await emails.EnqueueAsync(person, SeriesDeliveries.Follow(series.Slug, clock.GetUtcNow()), TimeSpan.Zero, context.RequestAborted);
        }

        return Negotiation.WantsJson(context.Request)
            ? Results.Json(new("received", "An e-mail has the link that confirms."), RegistrationJson.Default.ReceivedAnswer, statusCode: StatusCodes.Status202Accepted)
            : new SeeOther(links.FollowSeries(series.Slug));
    }

    private static async Task<IResult> ShowAsked(HttpContext context, string slug, Pages pages, SeriesStore store) =>
        await store.FindAsync(slug, context.RequestAborted) is { } series
            ? await pages.PageAsync<FollowRequestedPage>(context, new Dictionary<string, object?> { [nameof(FollowRequestedPage.Series)] = series })
            : await pages.NotFoundAsync(context);

    private static async Task<IResult> ShowConfirmation(HttpContext context, string token, Pages pages, SeriesStore store, FollowerStore followers, Tokens tokens)
    {
        if (await FindAsync(context, token, store, tokens) is not var (series, person)) return await UselessLinkAsync(context, pages);
        var follows = await followers.ExistsAsync(series.Slug, person, context.RequestAborted);
        if (!follows && await followers.FindUnconfirmedAsync(series.Slug, person, context.RequestAborted) is null) return await UselessLinkAsync(context, pages);

        return await pages.PageAsync<FollowConfirmationPage>(context, new Dictionary<string, object?>
        {
            [nameof(FollowConfirmationPage.Series)] = series,
            [nameof(FollowConfirmationPage.Token)] = token,
            [nameof(FollowConfirmationPage.IsDone)] = follows,
        });
    }

    private static async Task<IResult> Confirm(
        HttpContext context, string token, Pages pages, SeriesStore store, FollowerStore followers, Suppressions suppressions, Tokens tokens, Links links)
    {
        if (await FindAsync(context, token, store, tokens) is not var (series, person)) return await UselessLinkAsync(context, pages);

        // Who asks for mail, and confirms it, has changed their mind since they left. First: a crash in between lets them press the button again.
        if (await followers.FindUnconfirmedAsync(series.Slug, person, context.RequestAborted) is not null)
        {
            await suppressions.RemoveAsync(person, SuppressionCause.Unsubscribed, context.RequestAborted);
        }

        return await followers.TryConfirmAsync(series.Slug, person, context.RequestAborted)
            ? new SeeOther(links.FollowConfirmation(token))
            : await UselessLinkAsync(context, pages);
    }

    private static async Task<(WebinarSeries Series, PersonId Person)?> FindAsync(HttpContext context, string token, SeriesStore store, Tokens tokens) =>
        tokens.Read(TokenPurpose.Follow, token) is TokenReading.Valid(var subject)
        && subject.Split('|') is [var slug, var id]
        && PersonId.TryParse(id, out var person)
        && await store.FindAsync(slug, context.RequestAborted) is { } series
            ? (series, person)
            : null;

    private static Task<IResult> UselessLinkAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "This link does not work",
        "It holds for seven days. Perhaps it was cut when it was copied: try to open it from the e-mail itself, or ask again on the series' page.");
}
