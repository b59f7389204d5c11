namespace CitizenFocus.Functions.Digests;

/// <summary>How far an issue is in one shard; a row among the shard's subscribers, so that a step and the place are one transaction. Its ETag is the lock.</summary>
internal sealed record ShardPlace
{
    private const string Prefix = "0|"; // Before every person id.

    public required IssueKey Issue { get; init; }

    public required string Shard { get; init; }

    /// <summary>Those up to this person id were claimed; empty at the beginning.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Until when the claimed ones may be in somebody's hands; <see langword="null"/> where none are.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When the next attempt without an answer is to be settled; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? SettleAt { get; init; }

    public bool IsDone { get; init; }

    public DigestCounts Counts { get; init; } = new();

    /// <summary>Whose step this was: whoever lost the answer to it recognises it by that.</summary>
    public string OperationId { get; init; } = "";

    public static string RowOf(IssueKey issue) => Prefix + issue;

    public static ShardPlace FromEntity(TableEntity entity) => new()
    {
        Issue = IssueKey.Parse(entity.RowKey[Prefix.Length..]),
        Shard = entity.PartitionKey,
        Cursor = entity.GetString(nameof(Cursor)) ?? "",
        LeaseUntil = entity.GetDateTimeOffset(nameof(LeaseUntil)),
        SettleAt = entity.GetDateTimeOffset(nameof(SettleAt)),
        IsDone = entity.GetBoolean(nameof(IsDone)) ?? false,
        Counts = DigestCounts.FromEntity(entity),
        OperationId = entity.GetString(nameof(OperationId)) ?? "",
    };

    public TableEntity ToEntity()
    {
        var entity = Counts.WriteTo(new(Shard, RowOf(Issue))
        {
            ["SchemaVersion"] = 1,
            [nameof(Cursor)] = Cursor,
            [nameof(IsDone)] = IsDone,
            [nameof(OperationId)] = OperationId,
        });
        if (LeaseUntil is { } lease) entity[nameof(LeaseUntil)] = lease;
        if (SettleAt is { } settle) entity[nameof(SettleAt)] = settle;
        return entity;
    }
}

/// <summary>What became of the e-mails of an issue, or of a part of it.</summary>
internal sealed record DigestCounts
{
    public int Accepted { get; init; }

    public int Refused { get; init; }

    /// <summary>Not sent, since nothing matched or it must not be.</summary>
    public int Skipped { get; init; }

    /// <summary>Whether they were sent is not known, and stays so.</summary>
    public int Left { get; init; }

    public static DigestCounts operator +(DigestCounts a, DigestCounts b) => new()
    {
        Accepted = a.Accepted + b.Accepted,
        Refused = a.Refused + b.Refused,
        Skipped = a.Skipped + b.Skipped,
        Left = a.Left + b.Left,
    };

    /// <summary>Of those that nothing is left to do for.</summary>
    public static DigestCounts Of(IEnumerable<DigestDelivery> deliveries)
    {
        var by = deliveries.Where(delivery => !delivery.IsOpen).CountBy(delivery => delivery.State).ToDictionary();
        return new()
        {
            Accepted = by.GetValueOrDefault(Email.DeliveryState.Accepted),
            Refused = by.GetValueOrDefault(Email.DeliveryState.Refused),
            Skipped = by.GetValueOrDefault(Email.DeliveryState.Skipped),
            Left = by.GetValueOrDefault(Email.DeliveryState.Unknown),
        };
    }

    public static DigestCounts FromEntity(TableEntity entity) => new()
    {
        Accepted = entity.GetInt32(nameof(Accepted)) ?? 0,
        Refused = entity.GetInt32(nameof(Refused)) ?? 0,
        Skipped = entity.GetInt32(nameof(Skipped)) ?? 0,
        Left = entity.GetInt32(nameof(Left)) ?? 0,
    };

    public TableEntity WriteTo(TableEntity entity)
    {
        entity[nameof(Accepted)] = Accepted;
        entity[nameof(Refused)] = Refused;
        entity[nameof(Skipped)] = Skipped;
        entity[nameof(Left)] = Left;
        return entity;
    }
}
