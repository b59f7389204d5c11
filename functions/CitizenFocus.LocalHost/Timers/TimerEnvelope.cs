using System.Globalization;
using System.Text.Json.Nodes;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.Timers;

/// <summary>The envelope of a timer's invocation.</summary>
internal static class TimerEnvelope
{
    /// <param name="status">Where the timer stands; <see langword="null"/> where the host does not watch it.</param>
    public static byte[] Write(TimerFunction function, ScheduleStatus? status, bool isPastDue, DateTimeOffset now) =>
        InvocationEnvelope.Write(
            function,
            new JsonObject
            {
                ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                ["ScheduleStatus"] = status is null ? null : new JsonObject
                {
                    // A timer that never ran shows .NET's first instant, without an offset.
                    ["Last"] = status.Last is { } last ? Instant(last) : "0001-01-01T00:00:00",
                    ["Next"] = Instant(status.Next),
                    ["LastUpdated"] = Instant(status.LastUpdated),
                },
                ["IsPastDue"] = isPastDue,
            },
            [],
            now);

    private static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
