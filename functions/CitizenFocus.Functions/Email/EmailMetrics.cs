using System.Diagnostics;
using System.Diagnostics.Metrics;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Email;

/// <summary>E-mails counted by what became of them, and each call of a provider as a span: never to whom.</summary>
internal static class EmailMetrics
{
    private static readonly Counter<long> Emails = Instrumentation.Meter.CreateCounter<long>(
        "citizenfocus.emails", "{email}", "Changes of e-mails' states in the ledger, and what providers reported of them later.");

    public static void Changed(Delivery delivery) => Changed(delivery.State, delivery.Provider, delivery.Key.Kind);

    public static void Changed(DeliveryState state, string? provider, string kind) => Add(state.ToString(), provider, kind);

    public static void Reported(DeliveryReportState state, string? provider, string kind) => Add(state.ToString(), provider, kind);

    /// <summary>One call of a provider.</summary>
    /// <param name="recipients">1 or more.</param>
    public static async Task<SendOutcome> CallAsync(IEmailSender sender, string kind, int recipients, Func<Task<SendOutcome>> call)
    {
        using var activity = Instrumentation.Source.StartActivity($"send {sender.Name}", ActivityKind.Client);
        activity?.SetTag(Instrumentation.Tags.Provider, sender.Name);
        activity?.SetTag(Instrumentation.Tags.Kind, kind);
        activity?.SetTag("citizenfocus.email.recipients", recipients);
        var outcome = await call();
        activity?.SetTag(Instrumentation.Tags.State, outcome.GetType().Name);
        if (outcome is not (SendOutcome.Accepted or SendOutcome.Refused)) activity?.SetStatus(ActivityStatusCode.Error);
        return outcome;
    }

    private static void Add(string state, string? provider, string kind) => Emails.Add(
        1,
        new KeyValuePair<string, object?>(Instrumentation.Tags.State, state),
        new KeyValuePair<string, object?>(Instrumentation.Tags.Provider, provider ?? "none"),
        new KeyValuePair<string, object?>(Instrumentation.Tags.Kind, kind));
}
