using System.Diagnostics;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// The outermost part of the site: gives every answer its <see cref="SecurityHeaders"/>, and turns faults, unknown
/// addresses and empty answers of 400 and above into a page or problem details.
/// </summary>
internal sealed partial class Errors(RequestDelegate next, Pages pages, ILogger<Errors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.ApplyTo(context.Response.Headers);
        try
        {
            await next(context);
            if (IsBare(context.Response)) await ExplainAsync(context, context.Response.StatusCode);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await StartOverAsync(context, exception.StatusCode);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // The pattern, not the path: that may hold a token.
            Failed(logger, exception, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint");
            await StartOverAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private Task StartOverAsync(HttpContext context, int status)
    {
        context.Response.Clear();
        SecurityHeaders.ApplyTo(context.Response.Headers);
        return ExplainAsync(context, status);
    }

    private async Task ExplainAsync(HttpContext context, int status)
    {
        IResult answer;
        try
        {
            answer = await AnswerAsync(context, status);
        }
        catch (Exception exception)
        {
            // The error page itself is broken. JSON needs no component.
            Failed(logger, exception, context.Request.Method, "the error page");
            answer = Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong on our side");
        }

        await answer.ExecuteAsync(context);
    }

    private Task<IResult> AnswerAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => pages.NotFoundAsync(context),
        StatusCodes.Status401Unauthorized => pages.MessageAsync(context, status, "Please sign in first", "This part of the site is for organisers."),
        StatusCodes.Status405MethodNotAllowed => pages.MessageAsync(context, status, "That cannot be done here", "This address takes other kinds of requests."),
        StatusCodes.Status413PayloadTooLarge => pages.MessageAsync(context, status, "That is too much at once", "Please shorten your text."),
        StatusCodes.Status415UnsupportedMediaType => pages.MessageAsync(context, status, BodyFault.WrongType.Title, BodyFault.WrongType.Text),
        < 500 => pages.MessageAsync(context, status, "That request could not be understood", "Please go back and try again."),
        _ => pages.MessageAsync(
            context,
            status,
            "Something went wrong on our side",
            "Please try again in a minute.",
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed in {Endpoint}.")]
    private static partial void Failed(ILogger logger, Exception exception, string method, string endpoint);
}
