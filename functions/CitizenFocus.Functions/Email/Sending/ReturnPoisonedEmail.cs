using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>
/// Takes a message that failed too often. What was never handed over, or certainly not taken, goes back on the queue; what
/// may have been is settled as any attempt without an answer. Only what comes back again and again is given up, loudly.
/// </summary>
internal sealed partial class ReturnPoisonedEmail(SendLedger ledger, EmailQueue queue, TimeProvider clock, ILogger<ReturnPoisonedEmail> logger) : IQueueFunction
{
    public const string FunctionName = "ReturnPoisonedEmail";

    /// <summary>With delays that double from five minutes, a good five hours in all.</summary>
    public const int MostReturns = 6;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(5);
    private const string Reason = "Sending it failed again and again, by a fault of ours; the log has it.";

    public async Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        if (TryParse(message.Text) is not { } due)
        {
            Unreadable(logger);
            return;
        }

        var existing = await ledger.FindAsync(due.Person, due.Key, cancellationToken);
        if (existing?.Value.IsSettled == true) return;

        if (due.Returns < MostReturns)
        {
            var delay = FirstDelay * Math.Pow(2, due.Returns);
            Returned(logger, due.Key.Kind, due.Returns + 1);

            // The message first: it is what brings the row on.
            await queue.EnqueueAsync(due with { Returns = due.Returns + 1 }, delay, cancellationToken);
            if (existing is null or { Value.Attempt: 0 })
            {
                await ledger.TryNoteAsync(due.Person, due.Key, existing, DeliveryState.Later, Reason, clock.GetUtcNow() + delay, cancellationToken);
            }

            return;
        }

        GivenUp(logger, due.Key.Kind, existing?.Value.Attempt ?? 0);
        if (existing is { Value.State: DeliveryState.Sending or DeliveryState.Unknown })
        {
            await ledger.TrySettleAsync(existing, row => row with { State = DeliveryState.Unknown, Reason = Reason, Decision = "Left: an attempt got no answer, and settling it failed." }, cancellationToken);
        }
        else
        {
            await ledger.TryNoteAsync(due.Person, due.Key, existing, DeliveryState.Failed, Reason, null, cancellationToken);
        }
    }

    private static DueEmail? TryParse(string text)
    {
        try
        {
            return DueEmail.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A {Kind} e-mail failed too often and goes back on the queue, for the {Return}. time." + Trouble.MessagePoisoned)]
    private static partial void Returned(ILogger logger, string kind, int @return);

    [LoggerMessage(2, LogLevel.Error, "A {Kind} e-mail is given up after {Attempt} attempts: sending it failed again and again. An organiser can send it again." + Trouble.EmailFailed)]
    private static partial void GivenUp(ILogger logger, string kind, int attempt);

    [LoggerMessage(3, LogLevel.Error, "A message on the queue of e-mails is none of ours, and is dropped." + Trouble.MessagePoisoned)]
    private static partial void Unreadable(ILogger logger);
}
