using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>A visitor asks for an invitation. Neither the answer nor its time tells whether the address was known.</summary>
internal static class InvitationRequests
{
    private const string RequestInvitation = nameof(RequestInvitation);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/webinars/{slug}/invitation-requests", Request).WithName(RequestInvitation);
        site.MapMethods("/webinars/{slug}/invitation-requests", Pages.Methods, ShowRequested);
    }

    private static async Task<IResult> Request(
        HttpContext context,
        string slug,
        Pages pages,
        WebinarService webinars,
        InvitationStore invitations,
        InvitationAnnouncements announcements,
        PersonIds personIds,
        FormTokens forms,
        ClientRateLimit rateLimit,
        WebinarOptions options,
        Links links,
        TimeProvider clock)
    {
        if (rateLimit.TryTake("invitation requests", context, options.ConfirmationRequestsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        if (await FindAsync(slug, webinars, context) is not { } webinar) return await pages.NotFoundAsync(context);

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        if (!webinar.IsRunning(now) || !webinar.IsBeforeClosing(now))
        {
            return await pages.MessageAsync(context, StatusCodes.Status409Conflict, "Registration has closed", "There is nothing left to be invited to.");
        }

        // Whoever can register does so: what leads there the long way round only costs e-mails.
        if (webinar.AcceptsRegistrations(now) && !webinar.IsInvitationOnly)
        {
            return await pages.MessageAsync(context, StatusCodes.Status409Conflict, "Registration is open", "No invitation is needed: register on the webinar's page.");
        }

        var body = await RequestBody.ReadAsync(context);
        if (body is Submission.Refused(var answer)) return answer;
        if (body is Submission.Fields sent)
        {
            if (!EmailAddress.TryParse(sent.Text("email"), out var address)) return await WrongAddressAsync(context, pages, forms, webinar, sent.Text("email"));

            await RecordAsync(webinar, personIds.Of(address), address);
        }

        return Negotiation.WantsJson(context.Request)
            ? Results.Json(
                new("received", "An e-mail brings the invitation: now if registration is open, else when it opens."),
                RegistrationJson.Default.ReceivedAnswer,
                statusCode: StatusCodes.Status202Accepted)
            : new SeeOther(links.InvitationRequests(webinar.Slug.Value));

        // What waits for the opening is announced by the timer: a rush of requests need not be a rush of messages.
        Task<bool> RecordAsync(Webinar of, PersonId person, EmailAddress email)
        {
            Task<bool> Commit() => invitations.TryAddRequestAsync(of.Slug, person, email, context.RequestAborted);
            return of.AcceptsRegistrations(now) ? announcements.AroundAsync(of.Slug, Commit, context.RequestAborted) : Commit();
        }
    }

    private static async Task<IResult> ShowRequested(HttpContext context, string slug, Pages pages, WebinarService webinars, TimeProvider clock) =>
        await FindAsync(slug, webinars, context) is { } webinar
            ? await pages.PageAsync<InvitationRequestedPage>(context, new Dictionary<string, object?>
            {
                [nameof(InvitationRequestedPage.Webinar)] = webinar,
                [nameof(InvitationRequestedPage.IsYetToOpen)] = webinar.IsYetToOpen(Instant.FromDateTimeOffset(clock.GetUtcNow())),
            })
            : await pages.NotFoundAsync(context);

    private static async Task<IResult> WrongAddressAsync(HttpContext context, Pages pages, FormTokens forms, Webinar webinar, string? typed)
    {
        var errors = new ValidationErrors { { "email", "Enter an e-mail address like name@example.org." } };
        if (Negotiation.WantsJson(context.Request)) return Problems.Validation(errors);
        return await pages.PageAsync<InvitationRequestPage>(
            context,
            new Dictionary<string, object?>
            {
                [nameof(InvitationRequestPage.Webinar)] = webinar,
                [nameof(InvitationRequestPage.FormToken)] = forms.Issue(),
                [nameof(InvitationRequestPage.Email)] = typed,
                [nameof(InvitationRequestPage.Errors)] = errors,
            },
            StatusCodes.Status400BadRequest);
    }

    private static async Task<Webinar?> FindAsync(string slug, WebinarService webinars, HttpContext context) =>
        WebinarSlug.TryParse(slug, out var parsed) ? await webinars.FindPublicAsync(parsed, context.RequestAborted) : null;
}
