using System.Globalization;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>For organisers: what was answered, and by whom only where that person allowed it.</summary>
internal static class SurveyApi
{
    public static void Map(IEndpointRouteBuilder site) =>
        site.MapMethods("/api/webinars/{slug}/survey", Pages.Methods, GetSurvey).AddEndpointFilter<OrganiserApiFilter>();

    private static async Task<IResult> GetSurvey(HttpContext context, string slug, WebinarStore webinars, SurveyStore survey)
    {
        if (!WebinarSlug.TryParse(slug, out var parsed) || await webinars.FindAsync(parsed, context.RequestAborted) is null)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "There is no such webinar");
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(SurveyDocument.Of(await survey.ListAsync(parsed, context.RequestAborted)), SurveyJson.Default.SurveyDocument);
    }
}

internal sealed record SurveyDocument
{
    public required int Answers { get; init; }

    /// <summary>How many gave each mark, <c>1</c> to <c>5</c>.</summary>
    public required IReadOnlyDictionary<string, int> Useful { get; init; }

    /// <summary>How many said <c>yes</c>, <c>maybe</c> and <c>no</c>; some say nothing.</summary>
    public required IReadOnlyDictionary<string, int> Again { get; init; }

    /// <summary>In an order that says nothing of when, or who.</summary>
    public required IReadOnlyList<SurveyEntry> Entries { get; init; }

    public static SurveyDocument Of(IReadOnlyList<SurveyAnswer> answers) => new()
    {
        Answers = answers.Count,
        Useful = Enumerable.Range(1, 5).ToDictionary(
            mark => mark.ToString(CultureInfo.InvariantCulture), mark => answers.Count(answer => answer.Useful == mark), StringComparer.Ordinal),
        Again = Enum.GetValues<Again>().ToDictionary(again => again.ToString().ToLowerInvariant(), again => answers.Count(answer => answer.Again == again), StringComparer.Ordinal),
        Entries = [.. answers.Select(answer => new SurveyEntry(
            answer.Useful, answer.Again?.ToString().ToLowerInvariant(), answer.Comment.Length > 0 ? answer.Comment : null, answer.Signature?.Name, answer.Signature?.Email))],
    };
}

/// <param name="Name">Only of who allowed it, as is <paramref name="Email"/>.</param>
internal sealed record SurveyEntry(int Useful, string? Again, string? Comment, string? Name, string? Email);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SurveyDocument))]
internal sealed partial class SurveyJson : JsonSerializerContext;
