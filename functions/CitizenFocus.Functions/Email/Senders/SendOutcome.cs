namespace CitizenFocus.Functions.Email.Senders;

/// <summary>What is known after an attempt. The reasons go into the ledger and the log: they name no person.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider has taken it over.</summary>
    /// <param name="ProviderId">By which the provider's reports name it.</param>
    internal sealed record Accepted(string? ProviderId) : SendOutcome;

    /// <summary>For good: another attempt, with any provider, would end the same.</summary>
    internal sealed record Refused(string Reason) : SendOutcome;

    /// <summary>Certainly not sent, and another attempt may succeed: no connection, or too much at once.</summary>
    /// <param name="RetryAfter">What the provider asks for.</param>
    internal sealed record Later(TimeSpan? RetryAfter, string Reason) : SendOutcome;

    /// <summary>Certainly not sent, and no mail of ours would be: a wrong key, a suspended account, an unknown sender. Another provider may take it.</summary>
    internal sealed record RefusedForUs(string Reason) : SendOutcome;

    /// <summary>It may have been sent or not.</summary>
    internal sealed record Unknown(string Reason) : SendOutcome;
}
