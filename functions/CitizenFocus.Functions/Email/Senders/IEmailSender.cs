using CitizenFocus.Functions.Email.Quotas;

namespace CitizenFocus.Functions.Email.Senders;

/// <summary>A way to a provider. It tells what became of an attempt, and decides nothing: the ledger does.</summary>
internal interface IEmailSender
{
    /// <summary>As the settings and the ledger name it.</summary>
    string Name { get; }

    /// <summary>How an attempt without an answer is settled.</summary>
    UnknownSettlement Settlement { get; }

    /// <summary>
    /// How long an attempt may take, the sender's own time-outs included. Silence beyond it means that the process died or
    /// the answer got lost: the outcome is unknown.
    /// </summary>
    TimeSpan Lease { get; }

    /// <summary>How long after its start an attempt without an answer is waited for to be reported; where the settlement is <see cref="UnknownSettlement.AwaitReport"/>.</summary>
    TimeSpan ReportDeadline => TimeSpan.Zero;

    /// <summary>How much the provider takes.</summary>
    SendingRate Rate { get; }

    /// <summary>By which the provider's reports name an e-mail, where those do not bear our own names for it.</summary>
    string? OperationIdOf(string deliveryId) => null;

    /// <summary>One attempt, without retries of its own.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was handed over.</exception>
    Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken);

    /// <summary>What the provider itself says of an attempt; asked where the settlement is <see cref="UnknownSettlement.AskThenRepeat"/>.</summary>
    /// <returns><see langword="null"/> where the provider knows of none; <see cref="SendOutcome.Unknown"/> where it could not be asked.</returns>
    Task<SendOutcome?> AskAsync(string deliveryId, CancellationToken cancellationToken) => Task.FromResult<SendOutcome?>(null);
}

/// <summary>A sender that takes one e-mail for many people in one call.</summary>
internal interface IBulkEmailSender : IEmailSender
{
    /// <summary>How many people one call takes: 1 or more.</summary>
    int MostPerCall { get; }

    /// <summary>One call. All or nothing: one outcome is everybody's.</summary>
    Task<SendOutcome> SendAsync(BulkEmail email, CancellationToken cancellationToken);
}

/// <summary>What to do about an attempt that got no answer. It is never taken for failed.</summary>
internal enum UnknownSettlement
{
    /// <summary>Sent again at once: under one delivery id it is the same mail.</summary>
    Repeat,

    /// <summary>The provider is asked; where it knows of no such attempt, it is sent again under the same operation id.</summary>
    AskThenRepeat,

    /// <summary>A delivery report settles it; where none came by the deadline, the call was not accepted and is made again.</summary>
    AwaitReport,

    /// <summary>Transactional mail is sent again, at the risk of a double; bulk is left.</summary>
    ByClass,
}
