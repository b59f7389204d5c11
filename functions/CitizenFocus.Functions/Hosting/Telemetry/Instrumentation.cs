using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Where this program's spans and measurements come from, under the names of OpenTelemetry's semantic conventions where they
/// have one. Without a listener, which is the default, each of them costs a look at a field. What is written here leaves the
/// house: no address, name, token or id of a person is ever a tag.
/// </summary>
internal static class Instrumentation
{
    public const string Name = "CitizenFocus.Functions";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    /// <summary>The names of tags that several places write.</summary>
    internal static class Tags
    {
        public const string Error = "error.type";
        public const string Provider = "citizenfocus.email.provider";
        public const string Kind = "citizenfocus.email.kind";
        public const string State = "citizenfocus.state";
        public const string Webinar = "citizenfocus.webinar";
        public const string Queue = "messaging.destination.name";
        public const string Issue = "citizenfocus.digest.issue";
    }

    /// <summary>A step of the work that is worth a line of its own in a trace; <see langword="null"/> where nobody looks.</summary>
    public static Activity? Step(string name) => Source.StartActivity(name);

    /// <summary>Says that a span's work failed, and how: the kind of the fault, never its text.</summary>
    public static void Failed(this Activity? activity, Exception fault)
    {
        activity?.SetStatus(ActivityStatusCode.Error);
        activity?.SetTag(Tags.Error, fault.GetType().FullName);
    }
}
