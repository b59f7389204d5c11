using OpenTelemetry;
using OpenTelemetry.Logs;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>Before log records leave: addresses are taken out of what they quote, and the host's invocation is put in.</summary>
internal sealed class LogGuard : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in data.Attributes ?? []) attributes.Add(new(name, value is string text ? Redaction.Redact(text) : value));
        if (Invocation.Current is { } invocation) attributes.Add(new("faas.invocation_id", invocation));
        if (data.Exception is { } fault)
        {
            // An exporter would write a fault as it is.
            attributes.Add(new("exception.type", fault.GetType().FullName));
            attributes.Add(new("exception.stacktrace", Redaction.Redact(fault.ToString())));
            data.Exception = null;
        }

        data.Attributes = attributes;
        if (data.FormattedMessage is { } message) data.FormattedMessage = Redaction.Redact(message);
        if (data.Body is { } body) data.Body = Redaction.Redact(body);
    }
}
