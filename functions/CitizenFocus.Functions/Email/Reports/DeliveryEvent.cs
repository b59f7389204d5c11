using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>One thing that a provider told of one e-mail. Holds no address and no IP; of a link and of a browser only what tells machines from people.</summary>
internal sealed record DeliveryEvent
{
    private const int HashBytes = 15;

    public required PersonId Person { get; init; }

    public required DeliveryKey Key { get; init; }

    public required DeliveryEventKind Kind { get; init; }

    /// <summary>By the provider's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By ours, when it came first; what is repeated keeps it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>A hash of the provider's own id of the event, by which a repeat is known.</summary>
    public required string Id { get; init; }

    public required string Provider { get; init; }

    /// <summary>The provider's word for why (<see cref="ReportReasons"/>).</summary>
    public string? Reason { get; init; }

    /// <summary>A hash of the link that was clicked: the link itself may let somebody in.</summary>
    public string? Link { get; init; }

    /// <summary>The user agent is a machine's, or the provider says so.</summary>
    public bool IsMachineAgent { get; init; }

    public string RowKey => FormattableString.Invariant($"{Key}|{At.UtcTicks:D19}|{Id}");

    /// <summary>24 letters and digits for an id of any length and any characters.</summary>
    public static string HashOf(string text) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
}

internal enum DeliveryEventKind
{
    /// <summary>The provider has begun with it.</summary>
    Processed,

    /// <summary>The receiving server asked to come back.</summary>
    Deferred,
    Delivered,
    Opened,
    Clicked,

    /// <summary>The person left all mail, or all of a group, at the provider.</summary>
    Unsubscribed,

    /// <summary>The person took that back.</summary>
    Resubscribed,

    /// <summary>It came back for the moment.</summary>
    SoftBounced,

    /// <summary>The provider did not try: its content, say.</summary>
    Dropped,

    /// <summary>The provider did not try, since mail to the address came back before.</summary>
    DroppedForBounces,

    /// <summary>It came back for good.</summary>
    Bounced,

    /// <summary>The person marked it as spam.</summary>
    Complained,
}
