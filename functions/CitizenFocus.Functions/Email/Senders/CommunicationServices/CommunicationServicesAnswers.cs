using System.Globalization;
using Azure.Identity;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <summary>What a fault means. The service's messages repeat addresses, so only its codes are passed on.</summary>
internal static class CommunicationServicesAnswers
{
    private const int MaxCode = 60;

    /// <summary>
    /// What the codes begin with that are about the resource, its domains or its senders, and no recipient: DomainNotLinked,
    /// SubscriptionBlocked, InvalidSenderUserName. There is no published list of them (azure-sdk-for-net issue 56805).
    /// </summary>
    private static readonly string[] AboutUs = ["Domain", "Sender", "InvalidSender", "Subscription", "Denied", "Resource"];

    /// <param name="now">For a Retry-After that names an instant.</param>
    public static SendOutcome OutcomeOf(Exception fault, DateTimeOffset now) => fault switch
    {
        RequestFailedException { Status: > 0 } answer => OutcomeOf(answer, now),

        // Without a token no request was made.
        AuthenticationFailedException => new SendOutcome.RefusedForUs($"The identity got no token: {fault.GetType().Name}"),
        _ when WithoutConnection(fault) is { } error => new SendOutcome.Later(null, $"No connection to Communication Services: {error}"),
        OperationCanceledException => new SendOutcome.Unknown("Communication Services did not answer in time."),
        _ => new SendOutcome.Unknown($"The connection to Communication Services failed: {fault.GetType().Name}"),
    };

    /// <summary>The service's code, where it is one: letters, digits, and no address.</summary>
    public static string CodeOf(RequestFailedException answer)
    {
        var code = answer.ErrorCode;
        if (string.IsNullOrEmpty(code) && answer.GetRawResponse() is { } response && response.Headers.TryGetValue("x-ms-error-code", out var header)) code = header;
        return code is { Length: > 0 and <= MaxCode } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? code : "no code";
    }

    private static SendOutcome OutcomeOf(RequestFailedException answer, DateTimeOffset now)
    {
        var code = CodeOf(answer);
        var reason = string.Create(CultureInfo.InvariantCulture, $"Communication Services answered {answer.Status}: {code}");
        return answer.Status switch
        {
            429 => new SendOutcome.Later(RetryAfter(answer, now), reason),

            // 404: the resource is gone, or the domain not linked to it.
            401 or 403 or 404 => new SendOutcome.RefusedForUs(reason),
            400 or 413 or 422 when AboutUs.Any(prefix => code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) => new SendOutcome.RefusedForUs(reason),
            400 or 413 or 422 => new SendOutcome.Refused(reason),
            _ => new SendOutcome.Unknown(reason),
        };
    }

    /// <summary>RFC 9110 section 10.2.3: seconds, or a date.</summary>
    private static TimeSpan? RetryAfter(RequestFailedException answer, DateTimeOffset now)
    {
        if (answer.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value)) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date > now ? date - now : null;
    }

    /// <summary>Faults from before the first octet of a request, wherever the pipeline wrapped them.</summary>
    private static HttpRequestError? WithoutConnection(Exception? fault) => fault switch
    {
        null => null,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } request => request.HttpRequestError,
        _ => WithoutConnection(fault.InnerException),
    };
}
