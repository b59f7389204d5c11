using System.Diagnostics.CodeAnalysis;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// Where the Functions host calls us for what is not HTTP: <c>POST /&lt;FunctionName&gt;</c> with an envelope. It takes a 2xx
/// with a JSON object for success; an empty 2xx would hang the invocation until functionTimeout, and anything else makes it
/// deliver the message again.
/// </summary>
internal static partial class FunctionEndpoints
{
    /// <summary>Marks an endpoint as the one that the host calls for the function of that name.</summary>
    internal sealed record FunctionName(string Value);

    /// <summary>Maps the function <paramref name="name"/> of a queueTrigger to <typeparamref name="T"/>, taken from the container.</summary>
    public static void MapQueueFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IEndpointRouteBuilder endpoints, string name)
        where T : class, IQueueFunction =>
        endpoints.MapFunction(name, async context =>
        {
            var message = await InvocationEnvelope.ReadQueueMessageAsync(context.Request.Body, context.RequestAborted);
            var function = context.RequestServices.GetRequiredService<T>();
            await InvocationSpan.RunAsync(name, "pubsub", MessageTrace.Read(message.Text), () => function.RunAsync(message, context.RequestAborted));
        });

    /// <summary>Maps the function <paramref name="name"/> of a timerTrigger to <typeparamref name="T"/>, taken from the container.</summary>
    public static void MapTimerFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IEndpointRouteBuilder endpoints, string name)
        where T : class, ITimerFunction =>
        endpoints.MapFunction(name, async context =>
        {
            var timer = await InvocationEnvelope.ReadTimerAsync(context.Request.Body, context.RequestAborted);
            var function = context.RequestServices.GetRequiredService<T>();
            await InvocationSpan.RunAsync(name, "timer", default, () => function.RunAsync(timer, context.RequestAborted));
        });

    private static void MapFunction(this IEndpointRouteBuilder endpoints, string name, RequestDelegate run) =>
        endpoints.MapPost("/" + name, async (HttpContext context) =>
            {
                try
                {
                    await run(context);
                }
                catch (MalformedEnvelopeException e)
                {
                    EnvelopeRefused(Logger(context), name, e.Message);
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return;
                }
                catch (Exception e) when (e is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
                {
                    InvocationFailed(Logger(context), name, e);
                    context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    return;
                }

                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.Body.WriteAsync(InvocationEnvelope.Success, context.RequestAborted);
            })
            .WithName(name)
            .WithMetadata(new FunctionName(name));

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CitizenFocus.Functions.Invocation");

    [LoggerMessage(1, LogLevel.Error, "Function {Function} failed; the host will try again." + Trouble.FunctionFailed)]
    private static partial void InvocationFailed(ILogger logger, string function, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Function {Function} was called with an envelope that is none: {Reason}")]
    private static partial void EnvelopeRefused(ILogger logger, string function, string reason);
}

/// <summary>Work that a queue message asks for. Delivered at least once: to run twice, even at once, must be harmless.</summary>
internal interface IQueueFunction
{
    Task RunAsync(QueueInvocation message, CancellationToken cancellationToken);
}

/// <summary>Work that a timer asks for. May fire twice, late, or not at all.</summary>
internal interface ITimerFunction
{
    Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken);
}

/// <param name="Text">The message as it was put, after base64.</param>
/// <param name="DequeueCount">How often it was delivered, this time included: 1 or more.</param>
internal sealed record QueueInvocation(string Text, int DequeueCount);

/// <param name="IsPastDue">The schedule's moment passed while no host was running.</param>
internal sealed record TimerInvocation(bool IsPastDue);
