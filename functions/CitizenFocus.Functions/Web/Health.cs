using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health</c>: it can also do its work; 503 where not, with the name of
/// what fails. Why it fails is in the log, not in public.
/// </summary>
internal static class Health
{
    private static readonly string Version =
        typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/health", _ => true);
        Map(endpoints, "/health/live", _ => false);
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, Func<HealthCheckRegistration, bool> which) =>
        endpoints.MapHealthChecks(path, new HealthCheckOptions { Predicate = which, ResponseWriter = WriteAsync })
            .WithMetadata(new HttpMethodMetadata(Pages.Methods));

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new HealthAnswer(
            Word(report.Status),
            Version,
            report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status), StringComparer.Ordinal));
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, HealthJson.Default.HealthAnswer);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <param name="Version">Of the release, with the commit that it was built from after a <c>+</c>.</param>
/// <param name="Dependencies">Each by its name, with its own status.</param>
internal sealed record HealthAnswer(string Status, string Version, Dictionary<string, string> Dependencies);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
