using System.Diagnostics;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// The trace that a queue message belongs to, as the property <c>traceparent</c> (W3C Trace Context) of its JSON object.
/// Readers that do not know the property skip it.
/// </summary>
internal static class MessageTrace
{
    private const string Name = ",\"traceparent\":\"";

    /// <summary>A version-00 value: <c>00-{32 hex}-{16 hex}-{2 hex}</c>.</summary>
    private const int Length = 55;

    /// <summary>To be put before the object's closing brace; empty for an activity of another id format.</summary>
    public static string Property(Activity activity) => activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? $"{Name}{id}\"" : "";

    /// <summary>Default where the message has none that makes sense.</summary>
    public static ActivityContext Read(string json)
    {
        var at = json.LastIndexOf(Name, StringComparison.Ordinal);
        if (at < 0 || json.Length < at + Name.Length + Length) return default;
        return ActivityContext.TryParse(json.Substring(at + Name.Length, Length), null, isRemote: true, out var context) ? context : default;
    }
}
