using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Digests;

/// <summary>What became of one issue to one subscriber: the ledger's row, in the subscriber's own.</summary>
internal sealed record DigestDelivery
{
    public required IssueKey Issue { get; init; }

    /// <summary>As in the send ledger; never <see cref="DeliveryState.Failed"/>.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The e-mail covers the numbers beyond it.</summary>
    public required int CoveredFrom { get; init; }

    public int Attempt { get; init; }

    public int Unanswered { get; init; }

    public string? Provider { get; init; }

    public string? ProviderId { get; init; }

    /// <summary>The provider's call that it was in, which is accepted or not as a whole.</summary>
    public string? Call { get; init; }

    public string? Reason { get; init; }

    public string? Decision { get; init; }

    /// <summary>When an attempt without an answer is settled; <see langword="null"/> where nothing is left to settle.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DeliveryReportState? Report { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    public string? ReportReason { get; init; }

    /// <summary>It may have been sent, and what is to be done about it is not decided.</summary>
    public bool IsOpen => State == DeliveryState.Sending || (State == DeliveryState.Unknown && DueAt is not null);
}
