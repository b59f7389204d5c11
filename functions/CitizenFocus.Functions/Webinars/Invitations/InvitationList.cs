namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Some people to invite to a webinar, and how far that got: the row <c>l</c>, whose ETag guards each step.</summary>
internal sealed record InvitationList
{
    /// <summary>A hash of what was uploaded, or the name of a standing list.</summary>
    public required string Id { get; init; }

    public required InvitationListState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How what was uploaded is to be read.</summary>
    public ListFormat Format { get; init; }

    /// <summary>How many rows it has; <see langword="null"/> for a standing list.</summary>
    public int? Rows { get; init; }

    /// <summary>Rows that were decided.</summary>
    public int Done { get; init; }

    /// <summary>Where the next row stands, for a source that is not counted.</summary>
    public string Position { get; init; } = "";

    /// <summary>Steps that were committed; each has left a row of results.</summary>
    public int Chunks { get; init; }

    /// <summary>Steps whose e-mails are known to be on the queue.</summary>
    public int Queued { get; init; }

    public ListCounts Counts { get; init; } = new();
}

internal enum InvitationListState
{
    /// <summary>There are rows left, or may be.</summary>
    Running,

    /// <summary>All rows are decided and their e-mails queued; what was uploaded is being deleted.</summary>
    Closing,

    Done,
}

/// <summary>What became of a list's rows, counted.</summary>
internal sealed record ListCounts
{
    public int Invited { get; init; }

    public int AlreadyRegistered { get; init; }

    public int AlreadyInvited { get; init; }

    public int Suppressed { get; init; }

    public int Duplicate { get; init; }

    public int Malformed { get; init; }

    public ListCounts With(IEnumerable<RowResult> results)
    {
        var by = results.CountBy(result => result.Outcome).ToDictionary();
        return new()
        {
            Invited = Invited + by.GetValueOrDefault(RowOutcome.Invited),
            AlreadyRegistered = AlreadyRegistered + by.GetValueOrDefault(RowOutcome.AlreadyRegistered),
            AlreadyInvited = AlreadyInvited + by.GetValueOrDefault(RowOutcome.AlreadyInvited),
            Suppressed = Suppressed + by.GetValueOrDefault(RowOutcome.Suppressed),
            Duplicate = Duplicate + by.GetValueOrDefault(RowOutcome.Duplicate),
            Malformed = Malformed + by.GetValueOrDefault(RowOutcome.Malformed),
        };
    }
}

/// <summary>What became of one row.</summary>
internal enum RowOutcome
{
    Invited,

    /// <summary>Has a registration that is live.</summary>
    AlreadyRegistered,

    /// <summary>By another list; who asks for an invitation gets theirs once more.</summary>
    AlreadyInvited,

    /// <summary>Wants no such mail, or cannot get any.</summary>
    Suppressed,

    /// <summary>Stands in the same list before.</summary>
    Duplicate,

    Malformed,
}

/// <summary>A row of a list's results.</summary>
/// <param name="Line">In what was uploaded, from 1; of a standing list the row's number.</param>
/// <param name="Address">As it was written; of one that is malformed its beginning.</param>
/// <param name="Reason">What is wrong with one that is malformed.</param>
/// <param name="Day">Of a request: when it was answered, which tells its e-mail from that of another day.</param>
internal sealed record RowResult(int Line, string Address, RowOutcome Outcome, string? Reason = null, string? Day = null);
