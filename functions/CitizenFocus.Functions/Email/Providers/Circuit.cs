namespace CitizenFocus.Functions.Email.Providers;

/// <summary>
/// What is known of a provider that did not take mail. While it is open nobody asks the provider; after that, one does and
/// the others wait for what comes of it. No row: the provider is well.
/// </summary>
internal sealed record Circuit
{
    /// <summary>So many attempts in a row that found no connection open it.</summary>
    public const int FailuresToOpen = 3;

    /// <summary>How long the one who asks again may take, before the next may.</summary>
    public static readonly TimeSpan ProbeTime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private const int MostDoublings = 4;

    public required string Provider { get; init; }

    /// <summary>In a row: 1 or more.</summary>
    public required int Failures { get; init; }

    /// <summary>Not to be asked before; <see langword="null"/>: may be asked.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Of the last failure, for organisers; names no person.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    public bool IsOpen(DateTimeOffset now) => OpenUntil > now;

    /// <summary>It was open, and its pause is over: somebody should try.</summary>
    public bool IsToBeProbed(DateTimeOffset now) => OpenUntil <= now;

    /// <param name="before">What was known; <see langword="null"/>: nothing bad.</param>
    /// <param name="pause">How long the provider asked to be left alone; with it, or where <paramref name="isForUs"/>, one failure is enough.</param>
    /// <param name="isForUs">It takes no mail of ours at all.</param>
    public static Circuit After(Circuit? before, string provider, string reason, TimeSpan? pause, bool isForUs, DateTimeOffset now)
    {
        var failures = (before?.Failures ?? 0) + 1;
        var opens = pause is not null || isForUs || failures >= FailuresToOpen;
        return new()
        {
            Provider = provider,
            Failures = failures,
            OpenUntil = opens ? now + (pause ?? PauseAfter(isForUs ? failures + FailuresToOpen - 1 : failures)) : null,
            Reason = reason,
            Since = before?.Since ?? now,
        };
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(failures - FailuresToOpen, 0, MostDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }

    public static Circuit FromEntity(TableEntity entity) => new()
    {
        Provider = entity.RowKey[SendingTable.CircuitPrefix.Length..],
        Failures = entity.GetInt32("Failures") ?? 1,
        OpenUntil = entity.GetDateTimeOffset("OpenUntil"),
        Reason = entity.GetString("Reason") ?? "",
        Since = entity.GetDateTimeOffset("Since") ?? default,
    };

    public TableEntity ToEntity()
    {
        var entity = new TableEntity(SendingTable.Partition, SendingTable.CircuitPrefix + Provider)
        {
            ["SchemaVersion"] = 1,
            ["Failures"] = Failures,
            ["Reason"] = Reason,
            ["Since"] = Since,
        };
        if (OpenUntil is { } until) entity["OpenUntil"] = until;
        return entity;
    }
}
