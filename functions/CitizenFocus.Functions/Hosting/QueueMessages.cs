using System.Diagnostics;
using System.Globalization;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Hosting;

/// <summary>
/// Puts messages on queues; none of them ever expires. Each is a JSON object, to which is added what its readers' own
/// properties do not say: the trace that it belongs to, and when it becomes visible, which the service tells nobody who only looks.
/// </summary>
internal static class QueueMessages
{
    private const string Visible = ",\"visibleAt\":";

    /// <param name="json">An object with a property or more.</param>
    /// <param name="delay">How long it stays invisible: 0 to 7 days, in whole seconds.</param>
    public static async Task PutAsync(this QueueClient queue, string json, TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var activity = Instrumentation.Source.StartActivity($"send {queue.Name}", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "azure_queue_storage");
        activity?.SetTag("messaging.operation.type", "send");
        activity?.SetTag(Instrumentation.Tags.Queue, queue.Name);
        var hidden = QueueTimes.Visible(delay);
        var text = hidden == TimeSpan.Zero ? json : With(json, Visible + (clock.GetUtcNow() + hidden).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

        // An unsampled trace is passed on too, so that nobody downstream samples half of it.
        if (Instrumentation.Source.HasListeners() && (activity ?? Activity.Current) is { } trace) text = With(text, MessageTrace.Property(trace));
        try
        {
            await queue.SendMessageAsync(text, hidden, QueueTimes.Forever, cancellationToken);
        }
        catch (Exception e)
        {
            activity.Failed(e);
            throw;
        }
    }

    /// <summary>From when on a message can be read; <see langword="null"/> where it says nothing of that: since it was put.</summary>
    public static DateTimeOffset? VisibleAt(string message)
    {
        var at = message.LastIndexOf(Visible, StringComparison.Ordinal);
        if (at < 0) return null;
        var digits = message.AsSpan(at + Visible.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return end > 0 && long.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    private static string With(string json, string property) => json is ['{', .., '}'] && json.Length > 2 ? $"{json[..^1]}{property}}}" : json;
}
