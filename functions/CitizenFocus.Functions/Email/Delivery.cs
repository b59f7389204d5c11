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

    /// <summary>While <see cref="DeliveryState.Sending"/>: nobody else may send before.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public string? Provider { get; init; }

    public string? ProviderId { get; init; }

    /// <summary>Why it is in this state, for organisers; holds no address.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whose write this row is.</summary>
    public required string OperationId { get; init; }
}

internal enum DeliveryState
{
    /// <summary>Handed to a provider, or about to be, by whoever holds the lease.</summary>
    Sending,

    /// <summary>The provider could not take it; the message waits on the queue.</summary>
    Later,

    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>The provider will never take it.</summary>
    Refused,

    /// <summary>Not sent, since it no longer applied when its turn came.</summary>
    Skipped,

    /// <summary>Handed over, and no answer came.</summary>
    Unknown,
}
