using System.Text.Json.Serialization;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>What LocalHost heeds of host.json, with the Functions host's own defaults.</summary>
public sealed record HostJson
{
    public HostExtensions Extensions { get; set; } = new();

    public CustomHandler? CustomHandler { get; set; }

    /// <summary>The longest run of one function, 30 minutes by default; <c>-1</c> means no limit.</summary>
    public string? FunctionTimeout { get; set; }

    /// <summary><see cref="FunctionTimeout"/> as a duration, <see cref="Timeout.InfiniteTimeSpan"/> where there is none.</summary>
    [JsonIgnore]
    public TimeSpan Limit => FunctionTimeout switch
    {
        null => TimeSpan.FromMinutes(30),
        "-1" => Timeout.InfiniteTimeSpan,
        var text when TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var limit) => limit,
        var text => throw new LocalHostException($"host.json: functionTimeout '{text}' is neither hh:mm:ss nor -1."),
    };
}

public sealed record HostExtensions
{
    public HttpExtension Http { get; set; } = new();

    public QueuesExtension Queues { get; set; } = new();
}

public sealed record HttpExtension
{
    /// <summary>What stands before every function's route; <c>api</c> unless host.json says otherwise.</summary>
    public string RoutePrefix { get; set; } = "api";
}

/// <remarks>Numbers may be strings, as they are in a setting that stands above host.json.</remarks>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record QueuesExtension
{
    private const int LargestBatch = 32;

    /// <summary>Messages fetched at once, 1 to 32.</summary>
    public int BatchSize { get; set; } = 16;

    /// <summary>A new batch is fetched once so few messages are being worked on.</summary>
    public int? NewBatchThreshold { get; set; }

    /// <summary>The longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message stays hidden after it failed.</summary>
    public TimeSpan VisibilityTimeout { get; set; }

    /// <summary>So many failures make a message poison.</summary>
    public int MaxDequeueCount { get; set; } = 5;

    public QueueEncoding MessageEncoding { get; set; } = QueueEncoding.Base64;

    [JsonIgnore]
    public int Threshold => NewBatchThreshold ?? BatchSize / 2 * Environment.ProcessorCount;

    /// <summary>Says what the real host would refuse too.</summary>
    public void Validate()
    {
        if (BatchSize is < 1 or > LargestBatch) throw new LocalHostException($"host.json: extensions.queues.batchSize is 1 to {LargestBatch}.");
        if (Threshold < 0) throw new LocalHostException("host.json: extensions.queues.newBatchThreshold is 0 or more.");
        if (MaxDequeueCount < 1) throw new LocalHostException("host.json: extensions.queues.maxDequeueCount is 1 or more.");
        if (MaxPollingInterval < TimeSpan.FromMilliseconds(100)) throw new LocalHostException("host.json: extensions.queues.maxPollingInterval is 00:00:00.100 or more.");
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<QueueEncoding>))]
public enum QueueEncoding
{
    Base64,
    None,
}

public sealed record CustomHandler
{
    public CustomHandlerDescription Description { get; set; } = new();

    public bool EnableProxyingHttpRequest { get; set; }

    public bool EnableForwardingHttpRequest { get; set; }
}

public sealed record CustomHandlerDescription
{
    /// <summary>Relative to the app's root.</summary>
    public string DefaultExecutablePath { get; set; } = "";

    public IReadOnlyList<string> Arguments { get; set; } = [];
}
