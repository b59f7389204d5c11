using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>The three questions after a webinar, reached by the link in the follow-up. Looking changes nothing.</summary>
internal static class SurveyPages
{
    private const string AnswerSurvey = nameof(AnswerSurvey);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/surveys/{token}", Pages.Methods, ShowSurvey);
        site.MapMethods("/surveys/{token}/thanks", Pages.Methods, ShowThanks);
        site.MapPost("/surveys/{token}", Answer).WithName(AnswerSurvey);
    }

    private static async Task<IResult> ShowSurvey(HttpContext context, string token, Pages pages, SurveyLinks surveyLinks, SurveyStore survey) =>
        await surveyLinks.ReadAsync(token, context.RequestAborted) is { } link
            ? await PageAsync(context, pages, new()
            {
                Webinar = link.Webinar,
                State = link.State,
                Token = token,
                HasAnswered = link.State == SurveyPageState.Open && await survey.HasAnsweredAsync(link.Webinar.Slug, link.Registration.Person, context.RequestAborted),
            })
            : await UnknownAsync(context, pages);

    private static async Task<IResult> ShowThanks(HttpContext context, string token, Pages pages, SurveyLinks surveyLinks) =>
        await surveyLinks.ReadAsync(token, context.RequestAborted) is { } link
            ? await pages.PageAsync<SurveyThanksPage>(context, new Dictionary<string, object?>
            {
                [nameof(SurveyThanksPage.Webinar)] = link.Webinar,
                [nameof(SurveyThanksPage.Token)] = token,
            })
            : await UnknownAsync(context, pages);

    private static async Task<IResult> Answer(
        HttpContext context, string token, Pages pages, SurveyLinks surveyLinks, SurveyStore survey, Links links, TimeProvider clock)
    {
        if (await surveyLinks.ReadAsync(token, context.RequestAborted) is not { } link) return await UnknownAsync(context, pages);
        if (link.State != SurveyPageState.Open) return NotOpen(context, links, token);

        switch (await RequestBody.ReadAsync(context))
        {
            case Submission.Refused(var refusal):
                return refusal;

            case Submission.Robot:
                return Thanks(context, links, token);

            case Submission.Fields sent:
                var errors = new ValidationErrors();
                if (SurveyInput.Validate(sent, errors) is not { } answers)
                {
                    return Negotiation.WantsJson(context.Request)
                        ? Problems.Validation(errors)
                        : await PageAsync(
                            context,
                            pages,
                            new() { Webinar = link.Webinar, State = link.State, Token = token, Form = SurveyFormModel.From(sent, errors) },
                            StatusCodes.Status400BadRequest);
                }

                var registration = link.Registration;
                await survey.PutAsync(link.Webinar.Slug, registration.Person, new()
                {
                    Useful = answers.Useful,
                    Comment = answers.Comment,
                    Again = answers.Again,
                    Day = Instant.FromDateTimeOffset(clock.GetUtcNow()).InUtc().Date,
                    Signature = answers.ShowsName ? new(registration.Name, registration.Email.Value) : null,
                }, context.RequestAborted);
                return Thanks(context, links, token);

            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    private static Task<IResult> PageAsync(HttpContext context, Pages pages, SurveyPageModel model, int status = StatusCodes.Status200OK) =>
        pages.PageAsync<SurveyPage>(context, new Dictionary<string, object?> { [nameof(SurveyPage.Model)] = model }, status);

    private static Task<IResult> UnknownAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "This link does not work",
        "Perhaps it was cut when it was copied: try to open it from the e-mail itself. If your registration is gone, so is its survey.");

    private static IResult Thanks(HttpContext context, Links links, string token) => Negotiation.WantsJson(context.Request)
        ? Results.Json(new SurveyReceipt("received"), SurveyReceiptJson.Default.SurveyReceipt)
        : new SeeOther(links.SurveyThanks(token));

    // The page says why.
    private static IResult NotOpen(HttpContext context, Links links, string token) => Negotiation.WantsJson(context.Request)
        ? Problems.Of(StatusCodes.Status409Conflict, "This survey is not open to you", "It is for those who had a seat, from the start of the webinar on.")
        : new SeeOther(links.Survey(token));
}

internal sealed record SurveyReceipt(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SurveyReceipt))]
internal sealed partial class SurveyReceiptJson : JsonSerializerContext;
