using System.Text.Json.Serialization;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>A function.json as it is written.</summary>
public sealed record FunctionJson
{
    public IReadOnlyList<BindingJson> Bindings { get; init; } = [];

    public bool Disabled { get; init; }
}

/// <summary>One binding; which of the properties count depends on <see cref="Type"/>.</summary>
public sealed record BindingJson
{
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public string Direction { get; init; } = "";

    // httpTrigger
    public string? Route { get; init; }

    public IReadOnlyList<string>? Methods { get; init; }

    public AuthorizationLevel AuthLevel { get; init; } = AuthorizationLevel.Function;

    // timerTrigger
    public string? Schedule { get; init; }

    public bool RunOnStartup { get; init; }

    public bool UseMonitor { get; init; } = true;

    // queueTrigger
    public string? QueueName { get; init; }

    public string? Connection { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<AuthorizationLevel>))]
public enum AuthorizationLevel
{
    Anonymous,
    Function,
    Admin,
}
