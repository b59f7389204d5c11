using System.Collections.Concurrent;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>A provider that does as it is told, and notes what it was given and when by the test's clock.</summary>
internal sealed class FakeSender(string name = "fake") : IEmailSender
{
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private int _calls;

    public string Name => name;

    public TimeSpan Lease => LeaseTime;

    public TimeSpan ReportDeadline => Deadline;

    public SendingRate Rate { get; set; } = SendingRate.Unlimited;

    public UnknownSettlement Settlement { get; set; }

    /// <summary>Instead of taking it.</summary>
    public Func<Task<SendOutcome>>? Answer { get; set; }

    /// <summary>What it says when it is asked for an attempt.</summary>
    public Func<SendOutcome?>? Knows { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What was accepted, in order.</summary>
    public ConcurrentQueue<(OutgoingEmail Email, DateTimeOffset At)> Accepted { get; } = new();

    public int Calls
    {
        get => Volatile.Read(ref _calls);
        set => Volatile.Write(ref _calls, value);
    }

    public void Answers(SendOutcome? outcome) => Answer = outcome is null ? null : () => Task.FromResult(outcome);

    public async Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (Answer is { } answer) return await answer();
        Accepted.Enqueue((email, Clock.GetUtcNow()));
        return new SendOutcome.Accepted("id");
    }

    public Task<SendOutcome?> AskAsync(string deliveryId, CancellationToken cancellationToken) => Task.FromResult(Knows?.Invoke());
}

/// <summary>E-mails of the kinds <c>test</c> and, to many, <c>bulk</c>.</summary>
internal sealed class FakeComposer : IEmailComposer
{
    public IReadOnlyCollection<string> Kinds => ["test", "bulk"];

    public IReadOnlyCollection<string> BulkKinds => ["bulk"];

    /// <summary>Instead of an e-mail.</summary>
    public Composition? Answer { get; set; }

    public string To { get; set; } = "anna@example.org";

    public Task<Composition> ComposeAsync(CitizenFocus.Functions.People.PersonId person, DeliveryKey key, CancellationToken cancellationToken) =>
        Task.FromResult(Answer ?? new Composition.Ready(new()
        {
            To = EmailAddress.Parse(To),
            Subject = "Test",
            Text = "Test",
            Html = "<p>Test</p>",
            MessageId = "test@example.org",
            IsBulk = key.Kind == "bulk",
            UnsubscribeUrl = key.Kind == "bulk" ? new("https://focus.example/leave") : null,
        }));
}
