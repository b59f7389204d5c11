namespace CitizenFocus.Functions.Digests;

/// <summary>How far digests are. One row, whose ETag is the lock of all that makes issues.</summary>
internal sealed record DigestState
{
    private const int SchemaVersion = 1;

    /// <summary>Of the commitment that was numbered last; 0 where none was.</summary>
    public required int LastNumber { get; init; }

    public required CadenceState Weekly { get; init; }

    public required CadenceState Monthly { get; init; }

    /// <summary>Who wrote it last: whoever lost the answer to a write recognises it by that.</summary>
    public string OperationId { get; init; } = "";

    public CadenceState Of(DigestCadence cadence) => cadence == DigestCadence.Weekly ? Weekly : Monthly;

    public DigestState With(DigestCadence cadence, CadenceState state) =>
        cadence == DigestCadence.Weekly ? this with { Weekly = state } : this with { Monthly = state };

    public static DigestState FromEntity(TableEntity entity) => new()
    {
        LastNumber = entity.GetInt32(nameof(LastNumber)) ?? 0,
        Weekly = CadenceState.FromEntity(entity, nameof(Weekly)),
        Monthly = CadenceState.FromEntity(entity, nameof(Monthly)),
        OperationId = entity.GetString(nameof(OperationId)) ?? "",
    };

    public TableEntity ToEntity(string partition, string row)
    {
        var entity = new TableEntity(partition, row)
        {
            ["SchemaVersion"] = SchemaVersion,
            [nameof(LastNumber)] = LastNumber,
            [nameof(OperationId)] = OperationId,
        };
        Weekly.WriteTo(entity, nameof(Weekly));
        Monthly.WriteTo(entity, nameof(Monthly));
        return entity;
    }
}

/// <summary>How far the issues of one cadence are, and what organisers said of the next one.</summary>
internal sealed record CadenceState
{
    /// <summary>How many were made.</summary>
    public int Issues { get; init; }

    /// <summary>The last number that they hold.</summary>
    public int UpTo { get; init; }

    /// <summary>The last moment that was seen to, whether or not there was anything new.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Since when an organiser holds the next one back; <see langword="null"/>: it goes out when it is due.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>The next one's first paragraph.</summary>
    public string Opening { get; init; } = "";

    public static CadenceState FromEntity(TableEntity entity, string prefix) => new()
    {
        Issues = entity.GetInt32(prefix + nameof(Issues)) ?? 0,
        UpTo = entity.GetInt32(prefix + nameof(UpTo)) ?? 0,
        DueAt = entity.GetDateTimeOffset(prefix + nameof(DueAt)) ?? default,
        HeldSince = entity.GetDateTimeOffset(prefix + nameof(HeldSince)),
        Opening = entity.GetString(prefix + nameof(Opening)) ?? "",
    };

    public void WriteTo(TableEntity entity, string prefix)
    {
        entity[prefix + nameof(Issues)] = Issues;
        entity[prefix + nameof(UpTo)] = UpTo;
        entity[prefix + nameof(DueAt)] = DueAt;
        if (HeldSince is { } since) entity[prefix + nameof(HeldSince)] = since;
        if (Opening.Length > 0) entity[prefix + nameof(Opening)] = Opening;
    }
}
