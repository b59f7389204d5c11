namespace CitizenFocus.Functions.People;

/// <summary>
/// Why a person gets no mail. It holds no address, only a keyed hash of one, so it outlives the person's erasure: whoever was
/// erased, had complained or had left is not written to when their address comes in again.
/// </summary>
internal sealed record Suppression
{
    private const int SchemaVersion = 2;
    private const string Since = "Since";
    private const string Until = "Until";

    public static readonly Suppression None = new() { Causes = new Dictionary<SuppressionCause, DateTimeOffset>() };

    /// <summary>Each with when it came about.</summary>
    public required IReadOnlyDictionary<SuppressionCause, DateTimeOffset> Causes { get; init; }

    /// <summary>When a cause last ended by the person's or an organiser's will: what was known before counts no more.</summary>
    public IReadOnlyDictionary<SuppressionCause, DateTimeOffset> Ended { get; init; } = new Dictionary<SuppressionCause, DateTimeOffset>();

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

    /// <summary>The causes end now; others stay.</summary>
    public Suppression WithoutAt(DateTimeOffset now, params IReadOnlyCollection<SuppressionCause> causes)
    {
        var ended = new Dictionary<SuppressionCause, DateTimeOffset>(Ended);
        foreach (var cause in causes) ended[cause] = now;
        return this with { Causes = Causes.Where(cause => !causes.Contains(cause.Key)).ToDictionary(), Ended = ended };
    }

    public static Suppression FromEntity(TableEntity entity)
    {
        var causes = new Dictionary<SuppressionCause, DateTimeOffset>();
        var ended = new Dictionary<SuppressionCause, DateTimeOffset>();
        foreach (var cause in Enum.GetValues<SuppressionCause>())
        {
            if (entity.GetDateTimeOffset(cause + Since) is { } since) causes[cause] = since;
            if (entity.GetDateTimeOffset(cause + Until) is { } until) ended[cause] = until;
        }

        // Version 1 knew one cause.
        if (entity.GetString("Reason") is not null) causes[SuppressionCause.Unsubscribed] = entity.GetDateTimeOffset("At") ?? default;
        return new() { Causes = causes, Ended = ended, LiftedAt = entity.GetDateTimeOffset(nameof(LiftedAt)), LiftedBecause = entity.GetString(nameof(LiftedBecause)) };
    }

    public TableEntity ToEntity(PersonId person)
    {
        var entity = new TableEntity(person.Shard, person.Value) { ["SchemaVersion"] = SchemaVersion };
        foreach (var (cause, since) in Causes) entity[cause + Since] = since;
        foreach (var (cause, until) in Ended) entity[cause + Until] = until;
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
