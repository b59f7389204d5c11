using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The buttons of the registrant's page: each is a form that posts, and leads back to the page.</summary>
internal static class RegistrantActions
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/registrations/{token}/cancel", Cancel).WithName(nameof(CancelRegistration));
        site.MapPost("/registrations/{token}/undo", Undo).WithName(nameof(UndoCancellation));
        site.MapPost("/registrations/{token}/accept", Accept).WithName(nameof(AnswerOffer));
        site.MapPost("/registrations/{token}/details", Change).WithName(nameof(ChangeDetails));
    }

    private static async Task<IResult> Cancel(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationTokens tokens, CancelRegistration cancelRegistration, Links links)
    {
        if (await FindAsync(context, token, webinars, tokens) is not var (webinar, person)) return await UnknownLink.AnswerAsync(context, pages);

        return await cancelRegistration.HandleAsync(webinar, person, context.RequestAborted) switch
        {
            CancelRegistration.Outcome.Cancelled or CancelRegistration.Outcome.Already => Done(context, links, token, "cancelled"),
            CancelRegistration.Outcome.Over => await ConflictAsync(context, pages, "This webinar is over", "There is nothing left to cancel."),
            CancelRegistration.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<IResult> Undo(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationTokens tokens, UndoCancellation undoCancellation, Links links)
    {
        if (await FindAsync(context, token, webinars, tokens) is not var (webinar, person)) return await UnknownLink.AnswerAsync(context, pages);

        return await undoCancellation.HandleAsync(webinar, person, context.RequestAborted) switch
        {
            UndoCancellation.Outcome.Restored => Done(context, links, token, "restored"),
            UndoCancellation.Outcome.TooLate(var registration) when registration.Status is not (RegistrationStatus.Cancelled or RegistrationStatus.Closed) => Done(context, links, token, "restored"),
            UndoCancellation.Outcome.TooLate => await ConflictAsync(
                context, pages, "It is too late to take that back", "Your seat has gone to somebody else. You can register again."),
            UndoCancellation.Outcome.NotOpen => await ConflictAsync(
                context, pages, "This webinar has closed", "It was cancelled or is over, so there is no seat to give back."),
            UndoCancellation.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<IResult> Accept(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationTokens tokens, AnswerOffer answerOffer, Links links)
    {
        if (await FindAsync(context, token, webinars, tokens) is not var (webinar, person)) return await UnknownLink.AnswerAsync(context, pages);

        return await answerOffer.HandleAsync(webinar, person, context.RequestAborted) switch
        {
            AnswerOffer.Outcome.Seated => Done(context, links, token, "confirmed"),
            AnswerOffer.Outcome.InLine => Done(context, links, token, "waiting"),

            // The button was pressed twice.
            AnswerOffer.Outcome.NothingToAnswer({ Status: RegistrationStatus.Waiting }) => Done(context, links, token, "waiting"),
            AnswerOffer.Outcome.NothingToAnswer => await ConflictAsync(
                context, pages, "There is no seat to take", "No seat is offered to you at the moment. Your registration's page says how it stands."),
            AnswerOffer.Outcome.NotOpen => await ConflictAsync(
                context, pages, "This webinar has closed", "It was cancelled or is over, so there is no seat to take."),
            AnswerOffer.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<IResult> Change(
        HttpContext context,
        string token,
        Pages pages,
        WebinarStore webinars,
        RegistrationStore registrations,
        RegistrationTokens tokens,
        RegistrationPageModels models,
        ChangeDetails changeDetails,
        Links links)
    {
        if (await FindAsync(context, token, webinars, tokens) is not var (webinar, person)
            || await registrations.FindAsync(webinar.Slug, person, context.RequestAborted) is not { Value: var registration })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        var body = await RequestBody.ReadAsync(context);
        if (body is Submission.Refused(var refusal)) return refusal;
        if (body is not Submission.Fields sent) return Done(context, links, token, "changed");

        var model = await models.FreshAsync(webinar, registration, token, context.RequestAborted);
        if (model.Details is null) return await TooLateAsync(context, pages);

        var errors = new ValidationErrors();
        if (DetailsInput.Validate(webinar, sent, errors) is not { } command)
        {
            return Negotiation.WantsJson(context.Request)
                ? Problems.Validation(errors)
                : await pages.PageAsync<RegistrationPage>(
                    context,
                    RegistrantPages.Parameters(RegistrationPageModels.Refused(model, sent, errors)),
                    StatusCodes.Status400BadRequest);
        }

        return await changeDetails.HandleAsync(webinar, person, command, context.RequestAborted) switch
        {
            ChangeDetails.Outcome.Changed => Done(context, links, token, "changed", "?saved"),
            ChangeDetails.Outcome.NotRegistered or ChangeDetails.Outcome.NotOpen => await TooLateAsync(context, pages),
            ChangeDetails.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static Task<IResult> TooLateAsync(HttpContext context, Pages pages) => ConflictAsync(
        context, pages, "This can no longer be changed", "The webinar is over or was cancelled, or your registration does not stand any more.");

    private static Task<IResult> ConflictAsync(HttpContext context, Pages pages, string title, string text) =>
        pages.MessageAsync(context, StatusCodes.Status409Conflict, title, text);

    private static async Task<(Webinar Webinar, PersonId Person)?> FindAsync(
        HttpContext context, string token, WebinarStore webinars, RegistrationTokens tokens) =>
        tokens.Read(TokenPurpose.Registration, token) is var (slug, person) && await webinars.FindAsync(slug, context.RequestAborted) is { Value: var webinar }
            ? (webinar, person)
            : null;

    private static IResult Done(HttpContext context, Links links, string token, string status, string query = "") => Negotiation.WantsJson(context.Request)
        ? Results.Json(new ReceivedAnswer(status, ""), RegistrationJson.Default.ReceivedAnswer)
        : new SeeOther(links.Registration(token) + query);
}
