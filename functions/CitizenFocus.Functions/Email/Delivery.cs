using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>A row of the send ledger: what became of one e-mail to one person.</summary>
internal sealed record Delivery
{
    public required PersonId Person { get; init; }

    public required DeliveryKey Key { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>How often a provider was asked: 1 at the first time; 0 where none ever was.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many of the attempts got no answer.</summary>
    public int Unanswered { get; init; }

    /// <summary>While <see cref="DeliveryState.Sending"/>: nobody else may send before.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public string? Provider { get; init; }

    /// <summary>By which the provider's reports name it.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Why it is in this state, for organisers; holds no address.</summary>
    public string? Reason { get; init; }

    /// <summary>How an attempt without an answer was settled, for organisers; the last, where there were several.</summary>
    public string? Decision { get; init; }

    /// <summary>When the next step is due; <see langword="null"/> where none is.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The furthest that a delivery report has told, which may come before our own <see cref="DeliveryState.Accepted"/>.</summary>
    public DeliveryReportState? Report { get; init; }

    /// <summary>When that happened, by the provider's clock.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>The provider's word for why, without an address.</summary>
    public string? ReportReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whose claim this is: whoever writes what became of it recognises it by that.</summary>
    public required string OperationId { get; init; }

    /// <summary>Nothing more will be done for it by itself.</summary>
    public bool IsSettled => State switch
    {
        DeliveryState.Accepted or DeliveryState.Refused or DeliveryState.Failed => true,

        // What was skipped before an attempt is judged again where a message asks for it again: the state may have come back.
        DeliveryState.Skipped => Attempt > 0,
        DeliveryState.Unknown => DueAt is null,
        _ => false,
    };
}

internal enum DeliveryState
{
    /// <summary>Handed to a provider, or about to be, by whoever holds the lease.</summary>
    Sending,

    /// <summary>Certainly not sent yet; the message waits on the queue.</summary>
    Later,

    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>The provider will never take it.</summary>
    Refused,

    /// <summary>Not sent, since it no longer applied when its turn came.</summary>
    Skipped,

    /// <summary>Handed over, and no answer came. With a <see cref="Delivery.DueAt"/> it is yet to be settled, else left.</summary>
    Unknown,

    /// <summary>Given up after faults of ours; an organiser can send it again.</summary>
    Failed,
}

/// <summary>What a provider's reports tell, in rising order: a later one never hides a higher.</summary>
internal enum DeliveryReportState
{
    /// <summary>The provider has begun with it, so it was accepted.</summary>
    Processed = 0,

    /// <summary>The receiving server asked to come back.</summary>
    Deferred = 1,
    Delivered = 2,

    /// <summary>Opened by a person, as far as can be told.</summary>
    Opened = 3,
    Clicked = 4,
    Unsubscribed = 5,

    /// <summary>Refused for now: a full mailbox, say.</summary>
    SoftBounced = 6,

    /// <summary>There is no such mailbox, or the provider drops mail to it.</summary>
    Bounced = 7,

    /// <summary>The person marked it as spam.</summary>
    Complained = 8,
}
