using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Calendar;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The registrant's own page, reached by the link in each e-mail, and their entry for a calendar. Looking changes nothing.</summary>
internal static class RegistrantPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/registrations/{token}", Pages.Methods, ShowRegistration);
        site.MapMethods("/registrations/{token}/calendar.ics", Pages.Methods, ShowCalendarEntry);
    }

    private static async Task<IResult> ShowRegistration(
        HttpContext context, string token, Pages pages, WebinarStore webinars, RegistrationStore registrations, RegistrationTokens tokens, RegistrationPageModels models)
    {
        if (tokens.Read(TokenPurpose.Registration, token) is not var (slug, person)
            || await webinars.FindAsync(slug, context.RequestAborted) is not { Value: var webinar }
            || await registrations.FindAsync(slug, person, context.RequestAborted) is not { Value: var registration })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        var model = await models.FreshAsync(webinar, registration, token, context.RequestAborted);
        context.Response.Headers.Vary = "Accept";
        if (Negotiation.WantsJson(context.Request)) return Json(context, model);
        return await pages.PageAsync<RegistrationPage>(context, Parameters(model with { IsSaved = context.Request.Query.ContainsKey("saved") }));
    }

    /// <summary>For who has a seat; and cancelled for who gave one up, so that it leaves a calendar that subscribed to it.</summary>
    private static async Task<IResult> ShowCalendarEntry(
        HttpContext context,
        string token,
        Pages pages,
        WebinarStore webinars,
        RegistrationStore registrations,
        RegistrationTokens tokens,
        Links links,
        EmailOptions options,
        TimeProvider clock)
    {
        if (tokens.Read(TokenPurpose.Registration, token) is not var (slug, person)
            || await webinars.FindAsync(slug, context.RequestAborted) is not { Value: var webinar }
            || await registrations.FindAsync(slug, person, context.RequestAborted) is not { Value: var registration })
        {
            return await UnknownLink.AnswerAsync(context, pages);
        }

        if (registration.Status is not (RegistrationStatus.Confirmed or RegistrationStatus.Cancelled))
        {
            return await pages.NotFoundAsync(context, "An entry for your calendar is here as soon as you have a seat.");
        }

        var isCancelled = registration.Status == RegistrationStatus.Cancelled || webinar.IsCalledOff;
        return WebinarPages.Calendar(
            context,
            WebinarCalendar.PublishOwn(webinar, registration.Sequence, isCancelled, tokens.JoinUrl(slug, person), links, options, WebinarPages.Stamp(clock)),
            slug.Value,
            "private, no-cache");
    }

    public static Dictionary<string, object?> Parameters(RegistrationPageModel model) => new() { [nameof(RegistrationPage.Model)] = model };

    private static IResult Json(HttpContext context, RegistrationPageModel model)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new RegistrationAnswer
            {
                Webinar = model.Webinar.Slug.Value,
                Status = model.State,
                PlaceInLine = model.PlaceInLine,
                OfferedUntil = model.OfferedUntil?.ToDateTimeOffset(),
                UndoUntil = model.UndoUntil?.ToDateTimeOffset(),
                Name = model.Details?.Name,
                Organisation = model.Details?.Organisation,
            },
            RegistrantJson.Default.RegistrationAnswer);
    }
}

/// <summary>A registration as the registrant's page has it, for programs.</summary>
internal sealed record RegistrationAnswer
{
    public required string Webinar { get; init; }

    public required RegistrationPageState Status { get; init; }

    public int? PlaceInLine { get; init; }

    public DateTimeOffset? OfferedUntil { get; init; }

    public DateTimeOffset? UndoUntil { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegistrationAnswer))]
internal sealed partial class RegistrantJson : JsonSerializerContext;
