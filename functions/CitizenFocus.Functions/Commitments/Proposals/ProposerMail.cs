using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Commitments;

/// <summary>
/// Puts what is owed on the queue of e-mails: at once by whoever made the change, and every five minutes by a timer where a
/// crash came between. The send ledger makes one e-mail of two messages.
/// </summary>
internal sealed class ProposerMail(CommitmentStore store, EmailQueue queue) : ITimerFunction
{
    public const string FunctionName = "TellProposers";

    public async Task SendAsync(OwedEmail? owed, CancellationToken cancellationToken)
    {
        if (owed is null) return;
        await queue.EnqueueAsync(owed.Person, owed.Key, TimeSpan.Zero, cancellationToken);
        await store.RemoveOwedAsync(owed, cancellationToken);
    }

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        foreach (var owed in await store.ListOwedAsync(cancellationToken)) await SendAsync(owed, cancellationToken);
    }
}
