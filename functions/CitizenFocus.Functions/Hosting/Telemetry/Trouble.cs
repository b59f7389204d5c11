namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// What an operator is to hear of: the words at the end of a log line by which the alerts of <c>infra/</c> find it. A test
/// holds both against each other, and <c>docs/operations.md</c> says of each what to do.
/// </summary>
internal static class Trouble
{
    /// <summary>An e-mail was refused for good, or is given up.</summary>
    public const string EmailFailed = " trouble=email-failed";

    /// <summary>Something lies in a poison queue.</summary>
    public const string MessagePoisoned = " trouble=message-poisoned";

    /// <summary>Somebody has waited for an answer to a registration for too long.</summary>
    public const string WebinarNotAdvanced = " trouble=webinar-not-advanced";

    /// <summary>A queue's oldest message has been visible for too long.</summary>
    public const string QueueBehind = " trouble=queue-behind";

    /// <summary>A sender's limit is nearly used up.</summary>
    public const string QuotaNearEnd = " trouble=quota-near-end";

    /// <summary>A provider takes no mail.</summary>
    public const string ProviderDown = " trouble=provider-down";

    /// <summary>An organiser, or an import, has paused all sending.</summary>
    public const string SendingPaused = " trouble=sending-paused";

    /// <summary>A function failed, and is run again.</summary>
    public const string FunctionFailed = " trouble=function-failed";

    /// <summary>Not a trouble: the watch went round. Its absence is one.</summary>
    public const string WatchDone = " watch=done";
}
