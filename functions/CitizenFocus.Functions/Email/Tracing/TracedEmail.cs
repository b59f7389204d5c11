using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Tracing;

/// <summary>All that is known of the mail to a person, and of why there is none.</summary>
internal sealed record Trace
{
    public required PersonId Person { get; init; }

    /// <summary>With what it was before; <see langword="null"/>: there never was one.</summary>
    public required Suppression? Suppression { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<TracedEmail> Emails { get; init; }
}

/// <summary>One e-mail to a person: what was done for it, what became of it, and what comes next.</summary>
internal sealed record TracedEmail
{
    public required DeliveryKey Key { get; init; }

    /// <summary>For organisers: <c>Reminder</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How often a provider was asked.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many of the attempts got no answer.</summary>
    public int Unanswered { get; init; }

    /// <summary>The last that was asked.</summary>
    public string? Provider { get; init; }

    public string? ProviderId { get; init; }

    /// <summary>Why it is in its state: the provider's answer, or ours.</summary>
    public string? Answer { get; init; }

    /// <summary>How an attempt without an answer was settled.</summary>
    public string? Decision { get; init; }

    /// <summary>How far it got, of all that we did and that was reported.</summary>
    public required string State { get; init; }

    public required DateTimeOffset StateAt { get; init; }

    /// <summary>The receiving side's word for that.</summary>
    public string? ReportReason { get; init; }

    /// <summary>What will happen, or why nothing will and what an organiser can do; a sentence.</summary>
    public required string NextStep { get; init; }

    /// <summary>When that is due.</summary>
    public DateTimeOffset? NextStepAt { get; init; }

    /// <summary>In the order of the provider's time.</summary>
    public IReadOnlyList<JudgedEvent> Events { get; init; } = [];
}

/// <summary>Another ledger beside the table Deliveries.</summary>
internal interface ITraceSource
{
    /// <summary>Its e-mails to the person, as rows of the send ledger would have them.</summary>
    Task<IReadOnlyList<Delivery>> OfAsync(PersonId person, CancellationToken cancellationToken);
}
