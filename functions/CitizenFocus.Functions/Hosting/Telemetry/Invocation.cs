namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>The invocation that the Functions host gave this call, so that our lines can be laid beside the host's.</summary>
internal static class Invocation
{
    private static readonly AsyncLocal<string?> Id = new();

    /// <summary>A GUID; <see langword="null"/> outside an invocation, or where no host called.</summary>
    public static string? Current => Id.Value;

    /// <summary>Takes the id from the host's header; what is no GUID is somebody else's, and is left.</summary>
    public static RequestDelegate Middleware(RequestDelegate next) => context =>
    {
        // HTTP comes with the first, timers and queues with the second.
        var headers = context.Request.Headers;
        var id = headers.TryGetValue("x-ms-invocation-id", out var http) ? http : headers["X-Azure-Functions-InvocationId"];
        if (Guid.TryParse(id, out var parsed)) Id.Value = parsed.ToString();
        return next(context);
    };
}
