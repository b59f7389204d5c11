using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>What visitors do: register, and ask for their confirmation again.</summary>
internal static class RegistrationActions
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/webinars/{slug}/registrations", Register).WithName(nameof(RegisterForWebinar));
        site.MapMethods("/webinars/{slug}/registrations", Pages.Methods, ShowReceived);
        site.MapPost("/webinars/{slug}/confirmation-requests", RequestConfirmation).WithName(nameof(RequestConfirmation));
        site.MapMethods("/webinars/{slug}/confirmation-requests", Pages.Methods, ShowConfirmationSent);
    }

    private static async Task<IResult> Register(
        HttpContext context,
        string slug,
        Pages pages,
        WebinarService webinars,
        WebinarPageModels models,
        RegisterForWebinar registerForWebinar,
        ClientRateLimit rateLimit,
        WebinarOptions options,
        Links links)
    {
        if (rateLimit.TryTake("registrations", context, options.RegistrationsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        if (await FindAsync(slug, webinars, context) is not { } webinar) return await pages.NotFoundAsync(context);

        switch (await RequestBody.ReadAsync(context))
        {
            case Submission.Refused(var answer):
                return answer;

            case Submission.Robot:
                return Received(context, links, webinar);

            case Submission.Fields sent:
                // First, so that nobody mends fields of a form that cannot be taken.
                if (registerForWebinar.WhyNot(webinar, isInvited: false) is { } refusal) return await NotOpenAsync(context, pages, models, webinar, sent, refusal);

                var errors = new ValidationErrors();
                if (RegistrationInput.Validate(webinar, sent, RequestLanguage.Of(context.Request), errors) is not { } command) return await RefusedAsync(context, pages, models, webinar, sent, errors);

                return await registerForWebinar.HandleAsync(webinar, command, context.RequestAborted) switch
                {
                    RegisterForWebinar.Outcome.Received => Received(context, links, webinar),
                    var closedMeanwhile => await NotOpenAsync(context, pages, models, webinar, sent, closedMeanwhile),
                };

            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    private static async Task<IResult> ShowReceived(HttpContext context, string slug, Pages pages, WebinarService webinars) =>
        await FindAsync(slug, webinars, context) is { } webinar
            ? await pages.PageAsync<RegistrationReceivedPage>(context, new Dictionary<string, object?> { [nameof(RegistrationReceivedPage.Webinar)] = webinar })
            : await pages.NotFoundAsync(context);

    /// <summary>
    /// Queues the request as it is, without looking whether the address is registered: neither the answer nor its time tells.
    /// </summary>
    private static async Task<IResult> RequestConfirmation(
        HttpContext context,
        string slug,
        Pages pages,
        WebinarService webinars,
        WebinarPageModels models,
        EmailQueue emails,
        PersonIds personIds,
        ClientRateLimit rateLimit,
        WebinarOptions options,
        Links links,
        TimeProvider clock)
    {
        if (rateLimit.TryTake("confirmation requests", context, options.ConfirmationRequestsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        if (await FindAsync(slug, webinars, context) is not { } webinar) return await pages.NotFoundAsync(context);

        var body = await RequestBody.ReadAsync(context);
        if (body is Submission.Refused(var answer)) return answer;
        if (body is Submission.Fields sent)
        {
            if (!EmailAddress.TryParse(sent.Text(RegistrationFormModel.Fields.Email), out var address))
            {
                var errors = new ValidationErrors { { RegistrationFormModel.Fields.Email, "Enter an e-mail address like name@example.org." } };
                if (Negotiation.WantsJson(context.Request)) return Problems.Validation(errors);

                var model = await models.FreshAsync(webinar, context.RequestAborted);
                model = model with { ConfirmationRequest = model.ConfirmationRequest is { } form ? form with { Email = sent.Text(RegistrationFormModel.Fields.Email), Errors = errors } : null };
                return await pages.PageAsync<WebinarPage>(context, WebinarPageModels.Parameters(model), StatusCodes.Status400BadRequest);
            }

            await emails.EnqueueAsync(
                personIds.Of(address), WebinarDeliveries.Resend(webinar.Slug, clock.GetUtcNow()), TimeSpan.Zero, context.RequestAborted);
        }

        return Negotiation.WantsJson(context.Request)
            ? Accepted("If this address is registered, its confirmation is on the way again.")
            : SeeOther(links.ConfirmationRequests(webinar.Slug.Value));
    }

    private static async Task<IResult> ShowConfirmationSent(HttpContext context, string slug, Pages pages, WebinarService webinars) =>
        await FindAsync(slug, webinars, context) is { } webinar
            ? await pages.PageAsync<ConfirmationSentPage>(context, new Dictionary<string, object?> { [nameof(ConfirmationSentPage.Webinar)] = webinar })
            : await pages.NotFoundAsync(context);

    private static async Task<Webinar?> FindAsync(string slug, WebinarService webinars, HttpContext context) =>
        WebinarSlug.TryParse(slug, out var parsed) ? await webinars.FindPublicAsync(parsed, context.RequestAborted) : null;

    private static IResult Received(HttpContext context, Links links, Webinar webinar) => Negotiation.WantsJson(context.Request)
        ? Accepted(webinar.NeedsApproval ? "An organiser decides; an e-mail says how." : "Within a minute an e-mail says whether there is a seat.")
        : SeeOther(links.Register(webinar.Slug.Value));

    private static IResult Accepted(string message) =>
        Results.Json(new ReceivedAnswer("received", message), RegistrationJson.Default.ReceivedAnswer, statusCode: StatusCodes.Status202Accepted);

    // 303: the browser fetches what follows, and a reload sends nothing twice.
    private static IResult SeeOther(string path) => new SeeOther(path);

    private static async Task<IResult> RefusedAsync(
        HttpContext context, Pages pages, WebinarPageModels models, Webinar webinar, Submission.Fields sent, ValidationErrors errors) =>
        Negotiation.WantsJson(context.Request)
            ? Problems.Validation(errors)
            : await pages.PageAsync<WebinarPage>(
                context,
                WebinarPageModels.Parameters(await models.RefusedAsync(webinar, sent, errors, null, context.RequestAborted)),
                StatusCodes.Status400BadRequest);

    private static async Task<IResult> NotOpenAsync(
        HttpContext context, Pages pages, WebinarPageModels models, Webinar webinar, Submission.Fields sent, RegisterForWebinar.Outcome outcome)
    {
        var why = outcome switch
        {
            RegisterForWebinar.Outcome.NotYetOpen => $"Registration opens on {WebinarTimes.English.Moment(webinar, webinar.OpensAt!.Value)}.",
            RegisterForWebinar.Outcome.InvitationOnly => "This webinar is for those who have an invitation: register by the link in yours, or ask for one.",
            RegisterForWebinar.Outcome.NotOpen(WebinarStatus.Cancelled) => "This webinar has been cancelled, so nobody can register any more.",
            RegisterForWebinar.Outcome.NotOpen => "Registration for this webinar has closed.",
            var other => throw new InvalidOperationException($"No refusal for {other}."),
        };
        return Negotiation.WantsJson(context.Request)
            ? Problems.Of(StatusCodes.Status409Conflict, why)
            : await pages.PageAsync<WebinarPage>(
                context,
                WebinarPageModels.Parameters(await models.RefusedAsync(webinar, sent, [], why, context.RequestAborted)),
                StatusCodes.Status409Conflict);
    }
}

internal sealed record ReceivedAnswer(string Status, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceivedAnswer))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
