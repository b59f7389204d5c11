using System.Diagnostics.Metrics;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Registrations, decisions and seats, counted a webinar.</summary>
internal static class WebinarMetrics
{
    private static readonly Counter<long> Registrations = Instrumentation.Meter.CreateCounter<long>(
        "citizenfocus.registrations", "{registration}", "Requests for a seat that were committed.");

    private static readonly Counter<long> Decisions = Instrumentation.Meter.CreateCounter<long>(
        "citizenfocus.decisions", "{decision}", "What was decided of seats, by the kind of e-mail that tells it.");

    private static readonly Gauge<long> SeatCounts = Instrumentation.Meter.CreateGauge<long>(
        "citizenfocus.seats", "{seat}", "Seats by state, as the last run found or left them.");

    public static void Registered(WebinarSlug webinar) => Registrations.Add(1, Of(webinar));

    public static void Decided(WebinarSlug webinar, string decision) => Decisions.Add(1, Of(webinar), State(decision));

    public static void Counted(WebinarSlug webinar, Seats seats)
    {
        SeatCounts.Record(seats.Confirmed, Of(webinar), State("confirmed"));
        SeatCounts.Record(seats.Offered, Of(webinar), State("offered"));
        SeatCounts.Record(seats.Held, Of(webinar), State("held"));
        SeatCounts.Record(seats.Waiting, Of(webinar), State("waiting"));
    }

    private static KeyValuePair<string, object?> Of(WebinarSlug webinar) => new(Instrumentation.Tags.Webinar, webinar.Value);

    private static KeyValuePair<string, object?> State(string state) => new(Instrumentation.Tags.State, state);
}
