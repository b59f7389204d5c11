using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Api;

/// <summary>Who registered, for organisers, and their decisions on it.</summary>
internal static class RegistrationsApi
{
    private const int PageSize = 100;

    // A page's token leads on as long as an organiser may leave the list open.
    private static readonly TimeSpan TokenLasts = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/webinars/{slug}/registrations", Pages.Methods, ListRegistrations).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/registrations/{person}/approve", ApproveRegistration).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/webinars/{slug}/registrations/{person}/decline", DeclineRegistration).AddEndpointFilter<OrganiserApiFilter>();
    }

    /// <summary>Two requests to the storage, however many registered: one page of the webinar's partition, and its counts.</summary>
    private static async Task<IResult> ListRegistrations(
        HttpContext context, string slug, RegistrationStore registrations, WebinarService webinars, Tokens tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!WebinarSlug.TryParse(slug, out var webinar)) return NoWebinar();

        var errors = new ValidationErrors();
        var status = new FieldReader(new(Query(context), IsJson: false), errors).Choice<RegistrationStatus>("status");
        var continuation = ReadContinuation(tokens, webinar, context.Request.Query["after"], errors);
        if (errors.Count > 0) return Problems.Validation(errors);

        var counting = registrations.FindSeatsAsync(webinar, context.RequestAborted);
        var page = await registrations.PageAsync(webinar, continuation, status, PageSize, context.RequestAborted);
        var seats = (await counting)?.Value;
        if (seats is null)
        {
            // Nothing is decided yet, or there is no such webinar.
            if (await webinars.FindAsync(webinar, context.RequestAborted) is not { } found) return NoWebinar();
            seats = new() { Capacity = found.Value.Capacity };
        }

        var next = page.ContinuationToken is { } token ? tokens.Issue(TokenPurpose.RegistrationsPage, $"{webinar}|{token}", TokenLasts) : null;
        var documents = page.Values.Select(row => RegistrationDocument.Of(RegistrationMapping.FromEntity(row)));
        return Results.Json(new RegistrationListDocument([.. documents], next, SeatsDocument.Of(seats)), RegistrationsJson.Default.RegistrationListDocument);
    }

    private static Task<IResult> ApproveRegistration(HttpContext context, string slug, string person, DecideApproval decide) =>
        DecideAsync(context, slug, person, approve: true, decide);

    private static Task<IResult> DeclineRegistration(HttpContext context, string slug, string person, DecideApproval decide) =>
        DecideAsync(context, slug, person, approve: false, decide);

    private static async Task<IResult> DecideAsync(HttpContext context, string slug, string person, bool approve, DecideApproval decide)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!WebinarSlug.TryParse(slug, out var webinar) || !PersonId.TryParse(person, out var personId)) return NoRegistration();
        return await decide.HandleAsync(webinar, personId, approve, context.RequestAborted) switch
        {
            DecideApproval.Outcome.Decided(var registration) =>
                Results.Json(RegistrationDocument.Of(registration), RegistrationsJson.Default.RegistrationDocument),
            DecideApproval.Outcome.NotPending(var registration) => Problems.Of(
                StatusCodes.Status409Conflict, "It does not wait for approval", $"Its status is {registration.Status}."),
            DecideApproval.Outcome.NotFound => NoRegistration(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    /// <summary>Signed, and for this webinar: a position that somebody made up could lie in another partition.</summary>
    private static string? ReadContinuation(Tokens tokens, WebinarSlug webinar, string? after, ValidationErrors errors)
    {
        if (string.IsNullOrEmpty(after)) return null;
        if (tokens.Read(TokenPurpose.RegistrationsPage, after) is TokenReading.Valid(var subject)
            && subject.Split('|', 2) is [var slug, var continuation]
            && slug == webinar.Value)
        {
            return continuation;
        }

        errors.Add("after", "Use what the page before says as next, or leave it out to begin anew.");
        return null;
    }

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Query(HttpContext context) =>
        context.Request.Query.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);

    private static IResult NoWebinar() => Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");

    private static IResult NoRegistration() => Problems.Of(StatusCodes.Status404NotFound, "There is no such registration");
}
