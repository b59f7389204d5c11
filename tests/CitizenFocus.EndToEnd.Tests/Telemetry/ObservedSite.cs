using CitizenFocus.EndToEnd.Tests.Support;

namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>A site that tells all it can to a collector, and whose console is kept.</summary>
public sealed class ObservedSite : IAsyncLifetime
{
    public RunningSite Site { get; private set; } = null!;

    internal ConsoleLines Console { get; } = new();

    internal OtlpReceiver Collector { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Collector = await OtlpReceiver.StartAsync();
        Site = await RunningSite.StartAsync(
            BuiltApp.Settings(
                ("Forms__MinimumSeconds", "0"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", Collector.Endpoint),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_BSP_SCHEDULE_DELAY", "250"),
                ("OTEL_BLRP_SCHEDULE_DELAY", "250"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "1000")),
            Console);
    }

    public async Task DisposeAsync()
    {
        await Site.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
