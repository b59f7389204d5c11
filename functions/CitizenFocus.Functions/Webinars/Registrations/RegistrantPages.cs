using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The registrant's own page, reached by the link in each e-mail, and its two buttons. Looking changes nothing.</summary>
internal static class RegistrantPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/registrations/{token}", Pages.Methods, ShowRegistration);
        site.MapPost("/registrations/{token}/cancel", Cancel).WithName(nameof(CancelRegistration));
        site.MapPost("/registrations/{token}/undo", Undo).WithName(nameof(UndoCancellation));
    }

    private static async Task<IResult> ShowRegistration(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationStore registrations, RegistrationTokens tokens, TimeProvider clock)
    {
        if (tokens.Read(TokenPurpose.Registration, token) is not var (slug, person)
            || await webinars.FindAsync(slug, context.RequestAborted) is not { Value: var webinar }
            || await registrations.FindAsync(slug, person, context.RequestAborted) is not { Value: var registration })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        var now = clock.GetUtcNow();
        return await pages.PageAsync<RegistrationPage>(context, new Dictionary<string, object?>
        {
            [nameof(RegistrationPage.Model)] = new RegistrationPageModel
            {
                Webinar = webinar,
                State = StateOf(webinar, registration, Instant.FromDateTimeOffset(now)),
                Token = token,
                UndoUntil = registration.UndoUntil is { } until && until > now ? Instant.FromDateTimeOffset(until) : null,
                PlaceInLine = registration is { Status: RegistrationStatus.Waiting, Place: { } place }
                    ? await registrations.CountBeforeAsync(slug, place, context.RequestAborted) + 1
                    : null,
            },
        });
    }

    private static async Task<IResult> Cancel(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationTokens tokens, CancelRegistration cancelRegistration, Links links)
    {
        if (tokens.Read(TokenPurpose.Registration, token) is not var (slug, person)
            || await webinars.FindAsync(slug, context.RequestAborted) is not { Value: var webinar })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        return await cancelRegistration.HandleAsync(webinar, person, context.RequestAborted) switch
        {
            CancelRegistration.Outcome.Cancelled or CancelRegistration.Outcome.Already => Done(context, links, token, "cancelled"),
            CancelRegistration.Outcome.Over => await pages.MessageAsync(
                context, StatusCodes.Status409Conflict, "This webinar is over", "There is nothing left to cancel."),
            CancelRegistration.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<IResult> Undo(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationTokens tokens, UndoCancellation undoCancellation, Links links)
    {
        if (tokens.Read(TokenPurpose.Registration, token) is not var (slug, person)
            || await webinars.FindAsync(slug, context.RequestAborted) is not { Value: var webinar })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        return await undoCancellation.HandleAsync(webinar, person, context.RequestAborted) switch
        {
            UndoCancellation.Outcome.Restored => Done(context, links, token, "restored"),
            UndoCancellation.Outcome.TooLate(var registration) when registration.Status is not (RegistrationStatus.Cancelled or RegistrationStatus.Closed) => Done(context, links, token, "restored"),
            UndoCancellation.Outcome.TooLate => await pages.MessageAsync(
                context, StatusCodes.Status409Conflict, "It is too late to take that back", "Your seat has gone to somebody else. You can register again."),
            UndoCancellation.Outcome.NotOpen => await pages.MessageAsync(
                context, StatusCodes.Status409Conflict, "This webinar has closed", "It was cancelled or is over, so there is no seat to give back."),
            UndoCancellation.Outcome.NotFound => await UnknownLink.AnswerAsync(context, pages),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static RegistrationPageState StateOf(Webinar webinar, Registration registration, Instant now) => registration.Status switch
    {
        RegistrationStatus.Cancelled => RegistrationPageState.Cancelled,
        RegistrationStatus.Closed => RegistrationPageState.Closed,
        _ when webinar.Status != WebinarStatus.Published || webinar.EndInstant <= now => RegistrationPageState.Closed,
        RegistrationStatus.Requested => RegistrationPageState.Requested,
        RegistrationStatus.Confirmed => RegistrationPageState.Confirmed,
        RegistrationStatus.Waiting => RegistrationPageState.Waiting,
        var other => throw new InvalidOperationException($"No page for {other}."),
    };

    private static IResult Done(HttpContext context, Links links, string token, string status) => Negotiation.WantsJson(context.Request)
        ? Results.Json(new ReceivedAnswer(status, ""), RegistrationJson.Default.ReceivedAnswer)
        : new SeeOther(links.Registration(token));
}
