using System.Text.Json.Serialization;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>A function.json as it is written.</summary>
public sealed record FunctionJson
{
    public IReadOnlyList<BindingJson> Bindings { get; set; } = [];

    public bool Disabled { get; set; }
}

/// <summary>One binding; which of the properties count depends on <see cref="Type"/>.</summary>
public sealed record BindingJson
{
    public string Type { get; set; } = "";

    public string Name { get; set; } = "";

    public string Direction { get; set; } = "";

    // httpTrigger
    public string? Route { get; set; }

    public IReadOnlyList<string>? Methods { get; set; }

    public AuthorizationLevel AuthLevel { get; set; } = AuthorizationLevel.Function;

    // timerTrigger
    public string? Schedule { get; set; }

    public bool RunOnStartup { get; set; }

    public bool UseMonitor { get; set; } = true;

    // queueTrigger
    public string? QueueName { get; set; }

    public string? Connection { get; set; }
}

[JsonConverter(typeof(JsonStringEnumConverter<AuthorizationLevel>))]
public enum AuthorizationLevel
{
    Anonymous,
    Function,
    Admin,
}
