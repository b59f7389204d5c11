using CitizenFocus.Functions.Email.Providers;

namespace CitizenFocus.Functions.Email.Quotas;

/// <summary>Says before a send to many how long it will take.</summary>
internal sealed class SendingPlans(SendingControl control, SendingQuota quota, TimeProvider clock)
{
    /// <param name="messages">0 or more.</param>
    public async Task<SendingPlan> ForAsync(int messages, bool isBulk, CancellationToken cancellationToken)
    {
        var (now, snapshot) = (clock.GetUtcNow(), await control.ReadAsync(cancellationToken));
        var sender = control.Senders.FirstOrDefault(each => snapshot.CircuitOf(each)?.Value.IsOpen(now) != true) ?? control.Senders[0];
        var doneAt = sender.Rate.IsUnlimited || messages == 0 ? now : await quota.DoneAtAsync(sender, isBulk, messages, cancellationToken);
        return new()
        {
            Messages = messages,
            Provider = sender.Name,
            MessagesPerMinute = sender.Rate.PerMinute,
            MessagesPerHour = sender.Rate.PerHour,
            BeginsAt = now,
            DoneAt = doneAt,
            IsPaused = snapshot.Pause is not null,
        };
    }
}

/// <summary>How a send to many would go, at the present limits and behind what waits already.</summary>
internal sealed record SendingPlan
{
    public required int Messages { get; init; }

    /// <summary>Who is asked first now.</summary>
    public required string Provider { get; init; }

    public int? MessagesPerMinute { get; init; }

    public int? MessagesPerHour { get; init; }

    public required DateTimeOffset BeginsAt { get; init; }

    /// <summary>Where it is not paused; transactional mail meanwhile makes it later.</summary>
    public required DateTimeOffset DoneAt { get; init; }

    public bool IsPaused { get; init; }
}
