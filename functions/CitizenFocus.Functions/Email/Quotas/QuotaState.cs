namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>What a sender has used of its limits, and where its two lines of waiting messages end.</summary>
internal sealed record QuotaState
{
    // Long past, and within what tables keep.
    private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    /// <summary>The state of <see cref="Gcra"/> a window.</summary>
    public required DateTimeOffset Minute { get; init; }

    public required DateTimeOffset Hour { get; init; }

    /// <summary>When the next message that joins the line is given its turn; past where nobody waits.</summary>
    public required DateTimeOffset TransactionalLine { get; init; }

    public required DateTimeOffset BulkLine { get; init; }

    public static readonly QuotaState Unused = new() { Minute = Never, Hour = Never, TransactionalLine = Never, BulkLine = Never };

    /// <summary>How many of the kind may be sent now: 0 or more.</summary>
    public int Free(SendingRate rate, bool isBulk, DateTimeOffset now) =>
        rate.Limits.Min(limit => Math.Max(0, limit.Limit.Available(Arrival(limit.Window), now) - Reserve(limit.Limit, isBulk)));

    /// <summary>From when on one may be sent, if none other is before it.</summary>
    public DateTimeOffset Earliest(SendingRate rate, bool isBulk) =>
        rate.Limits.Max(limit => limit.Limit.EarliestFor(Arrival(limit.Window), 1 + Reserve(limit.Limit, isBulk)));

    public DateTimeOffset Line(bool isBulk) => isBulk ? BulkLine : TransactionalLine;

    public QuotaState Take(SendingRate rate, int count, DateTimeOffset now)
    {
        var (minute, hour) = (Minute, Hour);
        foreach (var (window, limit) in rate.Limits)
        {
            if (window == QuotaWindow.Minute) minute = limit.After(minute, now, count);
            else hour = limit.After(hour, now, count);
        }

        return this with { Minute = minute, Hour = hour };
    }

    public QuotaState WithLine(bool isBulk, DateTimeOffset end) => isBulk ? this with { BulkLine = end } : this with { TransactionalLine = end };

    /// <summary>When so many messages that begin now would be done, behind those that wait already.</summary>
    public DateTimeOffset DoneAt(SendingRate rate, bool isBulk, int messages, DateTimeOffset now)
    {
        if (rate.IsUnlimited) return now;
        var line = Line(isBulk);
        var waiting = line > now ? messages : Math.Max(0, messages - Free(rate, isBulk, now));
        if (waiting == 0) return now;
        var first = Latest(Earliest(rate, isBulk), line, now);
        return first + (rate.Interval * (waiting - 1));
    }

    public static QuotaState FromEntity(TableEntity entity) => new()
    {
        Minute = entity.GetDateTimeOffset("Minute") ?? Never,
        Hour = entity.GetDateTimeOffset("Hour") ?? Never,
        TransactionalLine = entity.GetDateTimeOffset("TransactionalLine") ?? Never,
        BulkLine = entity.GetDateTimeOffset("BulkLine") ?? Never,
    };

    public TableEntity ToEntity(string partition, string row) => new(partition, row)
    {
        ["SchemaVersion"] = 1,
        [nameof(Minute)] = Minute,
        [nameof(Hour)] = Hour,
        [nameof(TransactionalLine)] = TransactionalLine,
        [nameof(BulkLine)] = BulkLine,
    };

    private DateTimeOffset Arrival(QuotaWindow window) => window == QuotaWindow.Minute ? Minute : Hour;

    private static int Reserve(Gcra limit, bool isBulk) => isBulk ? limit.Reserve : 0;

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var time in times) latest = time > latest ? time : latest;
        return latest;
    }
}
