namespace CitizenFocus.LocalHost.Functions;

/// <summary>One function of the app, by its trigger. <see cref="Binding"/> is the trigger's name in the envelope.</summary>
public abstract record Function(string Name, string Binding)
{
    private static readonly string[] Outputs = ["out", "inout"];

    /// <summary>The function that a function.json declares.</summary>
    /// <param name="name">Its folder's name.</param>
    /// <param name="file">What was read.</param>
    /// <param name="settings">What <c>%Name%</c> stands for.</param>
    /// <exception cref="LocalHostException">The trigger is unknown to LocalHost or incomplete.</exception>
    public static Function From(string name, FunctionJson file, IReadOnlyDictionary<string, string> settings)
    {
        var triggers = file.Bindings.Where(binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase)).ToList();
        if (triggers is not [var trigger]) throw Fault("has one trigger");

        var outputs = file.Bindings.Where(binding => Outputs.Contains(binding.Direction, StringComparer.OrdinalIgnoreCase)).ToList();
        switch (trigger.Type.ToUpperInvariant())
        {
            case "HTTPTRIGGER":
                // The host passes HTTP through for these only; any other gets an envelope, which this project does not use.
                if (file.Bindings.Count != 2 || outputs is not [{ Type: var type }] || !type.Equals("http", StringComparison.OrdinalIgnoreCase))
                {
                    throw Fault("needs exactly one httpTrigger and one http output, else the host does not pass the request through");
                }

                return new HttpFunction(name, trigger.Name, trigger.Route ?? name, trigger.Methods, trigger.AuthLevel);

            case "TIMERTRIGGER":
                if (outputs.Count > 0) throw Fault("has an output binding, which LocalHost does not know");
                return new TimerFunction(name, trigger.Name, Resolve(trigger.Schedule, "schedule"), trigger.RunOnStartup, trigger.UseMonitor);

            case "QUEUETRIGGER":
                if (outputs.Count > 0) throw Fault("has an output binding, which LocalHost does not know");
                var connection = trigger.Connection is null or "" ? "AzureWebJobsStorage" : trigger.Connection;
                return new QueueFunction(name, trigger.Name, Resolve(trigger.QueueName, "queueName").ToLowerInvariant(), connection);

            default:
                throw Fault($"has the trigger '{trigger.Type}', which LocalHost does not know");
        }

        string Resolve(string? text, string property)
        {
            if (string.IsNullOrEmpty(text)) throw Fault($"needs '{property}'");
            if (text is not ['%', .. var setting, '%']) return text;
            return settings.TryGetValue(setting, out var value) ? value : throw Fault($"names the setting {text}, which is not set");
        }

        LocalHostException Fault(string what) => new($"{name}/function.json {what}.");
    }
}

/// <param name="Methods">Upper or lower case; <see langword="null"/> means all.</param>
public sealed record HttpFunction(string Name, string Binding, string Route, IReadOnlyList<string>? Methods, AuthorizationLevel AuthLevel)
    : Function(Name, Binding);

/// <param name="Schedule">NCRONTAB, UTC.</param>
/// <param name="UseMonitor">Whether what was missed while the host was down is made up for.</param>
public sealed record TimerFunction(string Name, string Binding, string Schedule, bool RunOnStartup, bool UseMonitor)
    : Function(Name, Binding);

/// <param name="Connection">The setting that holds the connection string.</param>
public sealed record QueueFunction(string Name, string Binding, string QueueName, string Connection)
    : Function(Name, Binding);
