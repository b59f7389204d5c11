namespace CitizenFocus.Functions.Email;

internal interface IEmailSender
{
    /// <summary>As the settings and the ledger name it.</summary>
    string Name { get; }

    /// <summary>A second call under the same delivery id makes no second mail, so that an unknown outcome is settled by sending again.</summary>
    bool RepeatIsHarmless { get; }

    /// <summary>
    /// How long an attempt may take, the sender's own time-outs included. Silence beyond it means that the process died or
    /// the answer got lost: the outcome is unknown.
    /// </summary>
    TimeSpan Lease { get; }

    /// <summary>One attempt, without retries of its own: the ledger decides what follows.</summary>
    /// <param name="deliveryId">Names this mail for ever: 1 to 200 letters, digits, '.', '_' and '-'; sent twice under one id it is the same mail.</param>
    /// <exception cref="OperationCanceledException">Cancelled before anything was handed over.</exception>
    Task<SendOutcome> SendAsync(EmailMessage message, string deliveryId, CancellationToken cancellationToken);
}

/// <summary>What is known after an attempt. The reasons go into the ledger and the log: they name no person.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider has taken it over.</summary>
    internal sealed record Accepted(string? ProviderId) : SendOutcome;

    /// <summary>For good: another attempt would end the same.</summary>
    internal sealed record Refused(string Reason) : SendOutcome;

    /// <summary>Certainly not sent, and another attempt may succeed.</summary>
    internal sealed record Later(TimeSpan? RetryAfter, string Reason) : SendOutcome;

    /// <summary>It may have been sent or not. Never treated as failed.</summary>
    internal sealed record Unknown(string Reason) : SendOutcome;
}
