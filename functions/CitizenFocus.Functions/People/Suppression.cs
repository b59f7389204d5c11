namespace CitizenFocus.Functions.People;

/// <summary>Why a person gets no mail; by a keyed hash, so that it outlives what else is known of them.</summary>
internal sealed record Suppression
{
    private const int SchemaVersion = 2;
    private const string Since = "Since";

    /// <summary>Each with when it came about.</summary>
    public required IReadOnlyDictionary<SuppressionCause, DateTimeOffset> Causes { get; init; }

    /// <summary>When an organiser last lifted it.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Why, in the organiser's words.</summary>
    public string? LiftedBecause { get; init; }

    /// <summary>The weightiest cause, for the ledger and for organisers.</summary>
    public string Reason => Causes.Keys.Max() switch
    {
        SuppressionCause.Unsubscribed => "unsubscribed",
        SuppressionCause.SoftBounced => "mail came back three times within a week",
        SuppressionCause.Bounced => "mail came back for good",
        SuppressionCause.Complained => "the person marked our mail as spam",
        SuppressionCause.Erased => "the person's data were erased",
        _ => throw new InvalidOperationException("No such cause."),
    };

    /// <summary>Who unsubscribed from what goes to many still gets what they ask for; nobody else gets anything.</summary>
    public bool Blocks(bool isBulk) => Causes.Keys.Any(cause => isBulk || cause != SuppressionCause.Unsubscribed);

    public static Suppression FromEntity(TableEntity entity)
    {
        var causes = new Dictionary<SuppressionCause, DateTimeOffset>();
        foreach (var cause in Enum.GetValues<SuppressionCause>())
        {
            if (entity.GetDateTimeOffset(cause + Since) is { } since) causes[cause] = since;
        }

        // Version 1 knew one cause.
        if (entity.GetString("Reason") is not null) causes[SuppressionCause.Unsubscribed] = entity.GetDateTimeOffset("At") ?? default;
        return new() { Causes = causes, LiftedAt = entity.GetDateTimeOffset(nameof(LiftedAt)), LiftedBecause = entity.GetString(nameof(LiftedBecause)) };
    }

    public TableEntity ToEntity(PersonId person)
    {
        var entity = new TableEntity(person.Shard, person.Value) { ["SchemaVersion"] = SchemaVersion };
        foreach (var (cause, since) in Causes) entity[cause + Since] = since;
        if (LiftedAt is { } liftedAt) entity[nameof(LiftedAt)] = liftedAt;
        if (LiftedBecause is { } because) entity[nameof(LiftedBecause)] = because;
        return entity;
    }
}

/// <summary>In rising weight.</summary>
internal enum SuppressionCause
{
    /// <summary>The person left by a link in an e-mail, or by their mail program's button.</summary>
    Unsubscribed,

    /// <summary>Three e-mails came back for the moment, within a week.</summary>
    SoftBounced,

    /// <summary>An e-mail came back for good.</summary>
    Bounced,
    Complained,
    Erased,
}
