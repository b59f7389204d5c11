using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// The last gate before spans leave: only the tags listed here pass. A library's next version may add a path (with a token in
/// it), a query or a visitor's address; this list does not grow by itself.
/// </summary>
/// <param name="functions">The functions that the host calls by POST: its call is one hop of its own protocol, and no visitor's request.</param>
internal sealed class PersonalDataGuard(IReadOnlySet<string> functions) : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Passing = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method", "http.route", "http.response.status_code", "url.scheme", "network.protocol.version", "error.type",
        "messaging.system", "messaging.operation.type", "messaging.destination.name",
        "faas.invocation_id", "faas.name", "faas.trigger",
        "azure.storage.service", "azure.storage.operation", "azure.storage.resource",
        "citizenfocus.email.provider", "citizenfocus.email.kind", "citizenfocus.email.recipients", "citizenfocus.state");

    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server && data.GetTagItem("http.route") is string route && functions.Contains(route.TrimStart('/')))
        {
            // Exporters skip what is not recorded.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var others = data.TagObjects.Select(tag => tag.Key).Where(name => !Passing.Contains(name)).ToList();
        foreach (var name in others) data.SetTag(name, null);
        if (data.Status == ActivityStatusCode.Error) data.SetStatus(ActivityStatusCode.Error);
        if (Invocation.Current is { } invocation) data.SetTag("faas.invocation_id", invocation);
    }
}
