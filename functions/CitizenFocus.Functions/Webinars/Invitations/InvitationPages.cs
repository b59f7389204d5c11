using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The invited person's own page, reached by the link in the invitation, and its button. Looking changes nothing.</summary>
internal static class InvitationPages
{
    /// <summary>The wording beside the button. Whoever changes the wording changes this.</summary>
    private const string ConsentVersion = "invitation 2026-11-22";

    private const string AcceptInvitation = nameof(AcceptInvitation);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/invitations/{token}", Pages.Methods, ShowInvitation);
        site.MapPost("/invitations/{token}", Accept).WithName(AcceptInvitation);
    }

    private static async Task<IResult> ShowInvitation(HttpContext context, string token, Pages pages, FindInvitation find, RegistrationStore registrations, TimeProvider clock)
    {
        if (await find.ByTokenAsync(token, context.RequestAborted) is not var (webinar, invitation)) return await UnknownLink.AnswerAsync(context, pages);

        var registration = await registrations.FindAsync(webinar.Slug, invitation.Person, context.RequestAborted);
        return await PageAsync(context, pages, new()
        {
            Webinar = webinar,
            State = StateOf(webinar, Exclusions.IsLive(registration?.Value), Instant.FromDateTimeOffset(clock.GetUtcNow())),
            Token = token,
            Email = invitation.Email.Value,
            Name = invitation.Name,
        });
    }

    private static async Task<IResult> Accept(
        HttpContext context,
        string token,
        Pages pages,
        FindInvitation find,
        InvitationStore invitations,
        RegisterForWebinar registerForWebinar,
        ClientRateLimit rateLimit,
        WebinarOptions options,
        Links links,
        TimeProvider clock)
    {
        if (rateLimit.TryTake("registrations", context, options.RegistrationsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        if (await find.ByTokenAsync(token, context.RequestAborted) is not var (webinar, invitation)) return await UnknownLink.AnswerAsync(context, pages);

        // No robot check: nobody gets here but by a link of their own.
        var body = await RequestBody.ReadAsync(context);
        if (body is not Submission.Fields sent) return body is Submission.Refused(var answer) ? answer : new SeeOther(links.Invitation(token));

        var errors = new ValidationErrors();
        var name = new FieldReader(sent, errors).RequiredLine("name", RegistrationFormModel.MaxTextLength, "Enter your name.");
        var answers = AnswersInput.Read(webinar, sent, errors);
        if (errors.Count > 0)
        {
            return Negotiation.WantsJson(context.Request) ? Problems.Validation(errors) : await PageAsync(context, pages, new()
            {
                Webinar = webinar,
                State = InvitationPageState.Open,
                Token = token,
                Email = invitation.Email.Value,
                Name = sent.Text("name") ?? "",
                Answers = AnswersModel.From(sent.Values),
                Errors = errors,
            });
        }

        var outcome = await registerForWebinar.HandleAsync(
            webinar,
            new()
            {
                Name = name,
                Email = invitation.Email,
                Language = invitation.Language,
                ConsentVersion = ConsentVersion,
                Answers = answers,
                IsInvited = true,
                IsApproved = invitation.IsFromOrganisers,
            },
            context.RequestAborted);
        if (outcome is RegisterForWebinar.Outcome.Received)
        {
            // After the registration, which is what counts: a crash in between costs the organisers' statistics one.
            await invitations.AcceptAsync(webinar.Slug, invitation.Person, context.RequestAborted);
            return Negotiation.WantsJson(context.Request)
                ? Results.Json(new("received", "Within a minute an e-mail says whether there is a seat."), RegistrationJson.Default.ReceivedAnswer, statusCode: StatusCodes.Status202Accepted)
                : new SeeOther(links.Invitation(token));
        }

        var state = StateOf(webinar, false, Instant.FromDateTimeOffset(clock.GetUtcNow()));
        return Negotiation.WantsJson(context.Request)
            ? Problems.Of(StatusCodes.Status409Conflict, "One cannot register now")
            : await PageAsync(context, pages, new() { Webinar = webinar, State = state, Token = token, Email = invitation.Email.Value }, StatusCodes.Status409Conflict);
    }

    private static InvitationPageState StateOf(Webinar webinar, bool isRegistered, Instant now) => webinar switch
    {
        { Status: WebinarStatus.Cancelled } => InvitationPageState.Cancelled,
        _ when !webinar.IsRunning(now) => InvitationPageState.Over,
        _ when isRegistered => InvitationPageState.Accepted,
        _ when webinar.IsYetToOpen(now) => InvitationPageState.NotYetOpen,
        _ when !webinar.IsBeforeClosing(now) => InvitationPageState.Closed,
        _ => InvitationPageState.Open,
    };

    private static Task<IResult> PageAsync(HttpContext context, Pages pages, InvitationPageModel model, int? status = null) => pages.PageAsync<InvitationPage>(
        context,
        new Dictionary<string, object?> { [nameof(InvitationPage.Model)] = model },
        status ?? (model.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK));
}

/// <summary>Finds what an invitation's link is about.</summary>
internal sealed class FindInvitation(WebinarStore webinars, InvitationStore invitations, RegistrationTokens tokens)
{
    /// <returns><see langword="null"/> for a token that is forged, cut, or of an invitation that is gone.</returns>
    public async Task<(Webinar Webinar, Invitation Invitation)?> ByTokenAsync(string token, CancellationToken cancellationToken) =>
        tokens.Read(TokenPurpose.Invitation, token) is var (slug, person)
        && await webinars.FindAsync(slug, cancellationToken) is { Value: { Status: not WebinarStatus.Draft } webinar }
        && await invitations.FindAsync(slug, person, cancellationToken) is { } invitation
            ? (webinar, invitation)
            : null;
}
