using System.Diagnostics.CodeAnalysis;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Sends spans, measurements and log records away, where the settings name a place: made when the host starts, so that a
/// process without one loads nothing of it. Log records go to OTLP only; Application Insights has them from the Functions
/// host, which forwards what stands on the console.
/// </summary>
internal sealed class TelemetryExport(TelemetryOptions options, IEnumerable<EndpointDataSource> endpoints, ILoggerFactory loggers) : IHostedLifecycleService, IDisposable
{
    private readonly List<IDisposable> _providers = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.IsOn) Begin();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // Each sends what it still holds.
        foreach (var provider in _providers) provider.Dispose();
        _providers.Clear();
    }

    private void Begin()
    {
        var functions = endpoints.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<FunctionEndpoints.FunctionName>()?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _providers.Add(Traces(functions));
        _providers.Add(Metrics());
        if (options.ToOtlp)
        {
            var records = Logs();
            _providers.Add(records);
            loggers.AddProvider(records);
        }
    }

    private TracerProvider Traces(HashSet<string> functions)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(Instrumentation.Name)
            .AddAspNetCoreInstrumentation()
            .AddProcessor(new PersonalDataGuard(functions));
        if (options.ToOtlp) builder.AddOtlpExporter();
        if (options.ApplicationInsights is not null) builder.AddAzureMonitorTraceExporter(Monitor);

        // Last, since an exporter may bring one. What the caller's traceparent says does not count: the Functions host's is
        // never sampled where it exports by itself, and a visitor's is a stranger's. By the trace's id all processes decide alike.
        var sampler = new TraceIdRatioBasedSampler(options.SampledShare);
        return builder.SetSampler(new ParentBasedSampler(sampler, remoteParentSampled: sampler, remoteParentNotSampled: sampler)).Build();
    }

    private MeterProvider Metrics()
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(Instrumentation.Name, "Microsoft.AspNetCore.Hosting")
            .AddRuntimeInstrumentation();
        if (options.ToOtlp) builder.AddOtlpExporter();
        if (options.ApplicationInsights is not null) builder.AddAzureMonitorMetricExporter(Monitor);
        return builder.Build();
    }

    private OpenTelemetryLoggerProvider Logs()
    {
        var resource = ResourceBuilder.CreateDefault();
        Describe(resource);
        var records = new OpenTelemetryLoggerOptions { IncludeFormattedMessage = true }.SetResourceBuilder(resource).AddProcessor(new LogGuard()).AddOtlpExporter();
        return new(new Fixed<OpenTelemetryLoggerOptions>(records));
    }

    private void Describe(ResourceBuilder resource) => resource.AddService(options.Service, serviceInstanceId: Environment.GetEnvironmentVariable("WEBSITE_INSTANCE_ID") ?? Environment.MachineName);

    private void Monitor(AzureMonitorExporterOptions monitor)
    {
        monitor.ConnectionString = options.ApplicationInsights;
        monitor.Credential = options.Credential;
        monitor.EnableLiveMetrics = false;

        // Nothing of a killed process would be read from its disk again.
        monitor.DisableOfflineStorage = true;
    }

    /// <summary>Options that stay as they are.</summary>
    private sealed class Fixed<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(T value) : IOptionsMonitor<T>
    {
        public T CurrentValue => value;

        public T Get(string? name) => value;

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
