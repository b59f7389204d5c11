using System.Collections.Concurrent;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;

namespace CitizenFocus.Functions.Tests.Webinars.Year;

/// <summary>A provider that takes everything, and notes when by the test's clock.</summary>
internal sealed class RecordingSender(TimeProvider clock) : IEmailSender
{
    public string Name => "recording";

    public UnknownSettlement Settlement => UnknownSettlement.AwaitReport;

    public SendingRate Rate => SendingRate.Unlimited;

    public TimeSpan Lease => TimeSpan.FromSeconds(30);

    public ConcurrentQueue<SentEmail> Sent { get; } = new();

    public Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        var message = email.Message;
        Sent.Enqueue(new(message.To.Value, message.Subject, message.Text, email.DeliveryId, clock.GetUtcNow()));
        return Task.FromResult<SendOutcome>(new SendOutcome.Accepted(email.DeliveryId));
    }
}

internal sealed record SentEmail(string To, string Subject, string Text, string Id, DateTimeOffset At);
