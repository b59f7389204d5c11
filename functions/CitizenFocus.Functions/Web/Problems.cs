using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Web;

/// <summary>Answers of RFC 9457 (problem details), <c>application/problem+json</c>.</summary>
internal static class Problems
{
    /// <summary>As ASP.NET Core's ValidationProblem: <c>errors</c> has each field's messages.</summary>
    public static IResult Validation(ValidationErrors errors) => new Answer(new Problem(StatusCodes.Status400BadRequest, "Some fields need another look.")
    {
        Errors = errors.GroupBy(error => error.Field, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Select(error => error.Message).ToArray(), StringComparer.Ordinal),
    });

    /// <summary>Broken JSON. Line and byte count from 1.</summary>
    public static IResult Malformed(string detail, long line, long position) => new Answer(
        new Problem(StatusCodes.Status400BadRequest, "The body could not be read.") { Detail = detail, Line = line, Position = position });

    /// <summary>The last part of an API's path names nothing that could be.</summary>
    public static IResult NoId() => Of(StatusCodes.Status400BadRequest, "That is no id", "Use 1 to 100 lower-case letters, digits and hyphens.");

    public static IResult Of(int status, string title, string? detail = null) => new Answer(new Problem(status, title) { Detail = detail });

    private sealed class Answer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            problem.TraceId ??= Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
            var body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Default.Problem);
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            response.ContentType = "application/problem+json";
            response.ContentLength = body.Length;
            response.Headers.CacheControl = "no-store";
            return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}

/// <summary>The members of RFC 9457 section 3.1 and ours. Those that are null are not written.</summary>
internal sealed record Problem(int Status, string Title)
{
    /// <summary>RFC 9110 defines the status; no type of our own says more than it.</summary>
    public string Type => string.Create(CultureInfo.InvariantCulture, $"https://www.rfc-editor.org/rfc/rfc9110#status.{Status}");

    public string? Detail { get; init; }

    public long? Line { get; init; }

    public long? Position { get; init; }

    public Dictionary<string, string[]>? Errors { get; init; }

    public string? TraceId { get; set; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
