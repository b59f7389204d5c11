using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CitizenFocus.Functions.Email.Senders.SendGrid;

/// <summary>What an answer means. SendGrid's messages repeat addresses, so only the names of fields are passed on.</summary>
internal static class SendGridAnswers
{
    private const int MostRead = 64 * 1024;
    private const int MaxField = 60;

    public static SendOutcome OutcomeOf(Exception fault) => fault switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } request => new SendOutcome.Later(null, $"No connection to SendGrid: {request.HttpRequestError}"),
        OperationCanceledException => new SendOutcome.Unknown("SendGrid did not answer in time."),
        _ => new SendOutcome.Unknown($"The connection to SendGrid failed: {fault.GetType().Name}"),
    };

    public static async Task<SendOutcome> OutcomeOfAsync(SendGridResponse answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode) return new SendOutcome.Accepted(answer.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.FirstOrDefault() : null);

        // The status decides; what the body says only explains.
        var fields = await FieldsAsync(answer.Body, cancellationToken);
        var reason = string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {(int)answer.StatusCode}{fields}");
        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new SendOutcome.Later(RetryAfter(answer, now), reason),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new SendOutcome.RefusedForUs(reason),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => IsAboutUs(reason) ? new SendOutcome.RefusedForUs(reason) : new SendOutcome.Refused(reason),
            _ => new SendOutcome.Unknown(reason),
        };
    }

    private static bool IsAboutUs(string reason) => reason.EndsWith(": from", StringComparison.Ordinal) || reason.EndsWith(": from.email", StringComparison.Ordinal);

    /// <summary>The instant in Unix seconds at which the limit begins anew, or Retry-After.</summary>
    private static TimeSpan? RetryAfter(SendGridResponse answer, DateTimeOffset now)
    {
        if (answer.Headers.TryGetValues("X-RateLimit-Reset", out var resets)
            && long.TryParse(resets.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset) && reset < 253_402_300_799)
        {
            var wait = DateTimeOffset.FromUnixTimeSeconds(reset) - now;
            return wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
        }

        return answer.Headers.RetryAfter?.Delta;
    }

    /// <summary>Which fields are wrong, such as <c>personalizations.0.to</c>: <c>{"errors":[{"message","field","help"}]}</c>.</summary>
    private static async Task<string> FieldsAsync(HttpContent body, CancellationToken cancellationToken)
    {
        try
        {
            await body.LoadIntoBufferAsync(MostRead, cancellationToken);
            using var document = JsonDocument.Parse(await body.ReadAsByteArrayAsync(cancellationToken));
            var fields = document.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => error.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String ? field.GetString()! : "")
                .Where(field => field.Length is > 0 and <= MaxField && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '[' or ']' or '-'))
                .Distinct().Take(5).ToList();
            return fields.Count == 0 ? "" : ": " + string.Join(", ", fields);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or HttpRequestException or IOException)
        {
            return "";
        }
    }
}
