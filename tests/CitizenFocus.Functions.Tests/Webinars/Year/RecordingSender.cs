using System.Collections.Concurrent;
using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Tests.Webinars.Year;

/// <summary>A provider that takes everything, and notes when by the test's clock.</summary>
internal sealed class RecordingSender(TimeProvider clock) : IEmailSender
{
    public string Name => "recording";

    public bool RepeatIsHarmless => false;

    public TimeSpan Lease => TimeSpan.FromSeconds(30);

    public ConcurrentQueue<SentEmail> Sent { get; } = new();

    public Task<SendOutcome> SendAsync(EmailMessage message, string deliveryId, CancellationToken cancellationToken)
    {
        Sent.Enqueue(new(message.To.Value, message.Subject, message.Text, deliveryId, clock.GetUtcNow()));
        return Task.FromResult<SendOutcome>(new SendOutcome.Accepted(deliveryId));
    }
}

internal sealed record SentEmail(string To, string Subject, string Text, string Id, DateTimeOffset At);
