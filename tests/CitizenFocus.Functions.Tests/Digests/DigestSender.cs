using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>A provider that keeps what it took, one mail an operation id, and can be asked for it: as Azure Communication Services does.</summary>
internal class DigestSender(TimeProvider clock) : IEmailSender
{
    private readonly ConcurrentDictionary<string, bool> _operations = new();

    public string Name => EmailProviders.Pickup;

    public virtual UnknownSettlement Settlement => UnknownSettlement.AskThenRepeat;

    public TimeSpan Lease => TimeSpan.FromMinutes(1);

    public TimeSpan ReportDeadline => TimeSpan.FromHours(1);

    public SendingRate Rate { get; set; } = SendingRate.Unlimited;

    /// <summary>Told of each call; gives an outcome instead of taking it, or takes it and gives another one than that.</summary>
    public Func<(SendOutcome Outcome, bool IsTaken)?>? Fault { get; set; }

    /// <summary>What was taken, each mail once.</summary>
    public ConcurrentQueue<SentDigest> Taken { get; } = new();

    /// <summary>How often a mail was taken that was taken before.</summary>
    public int Doubles { get; private set; }

    public int Calls { get; private set; }

    public Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken) => CallAsync(() =>
    {
        if (_operations.TryAdd(email.DeliveryId, true)) Take(email);
    });

    public Task<SendOutcome?> AskAsync(string deliveryId, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome?>(_operations.ContainsKey(deliveryId) ? new SendOutcome.Accepted("id") : null);

    protected Task<SendOutcome> CallAsync(Action take)
    {
        Calls++;
        var fault = Fault?.Invoke();
        if (fault is not { IsTaken: false }) take();
        return Task.FromResult(fault?.Outcome ?? new SendOutcome.Accepted("id"));
    }

    protected void Take(OutgoingEmail email)
    {
        if (Taken.Any(taken => taken.Id == email.DeliveryId)) Doubles++;
        Taken.Enqueue(SentDigest.Of(email, clock.GetUtcNow()));
    }
}

/// <summary>A provider that takes many in a call, all or none, knows no operation ids, and reports later: as SendGrid does.</summary>
internal sealed class BulkDigestSender(TimeProvider clock) : DigestSender(clock), IBulkEmailSender
{
    public override UnknownSettlement Settlement => UnknownSettlement.AwaitReport;

    public int MostPerCall => 1_000;

    /// <summary>Addresses for whose sake a call is refused as a whole.</summary>
    public HashSet<string> Bad { get; } = [];

    public Task<SendOutcome> SendAsync(BulkEmail email, CancellationToken cancellationToken) => email.Recipients.Any(recipient => Bad.Contains(recipient.To.Value))
        ? Task.FromResult<SendOutcome>(new SendOutcome.Refused("An address is bad."))
        : CallAsync(() =>
        {
            foreach (var recipient in email.Recipients) Take(email.For(recipient));
        });
}

/// <summary>A digest as its reader has it.</summary>
/// <param name="Commitments">Those that it links to, by id.</param>
internal sealed partial record SentDigest(string Id, PersonId Person, string To, string Key, DateTimeOffset At, IReadOnlyList<string> Commitments, OutgoingEmail Email)
{
    public static SentDigest Of(OutgoingEmail email, DateTimeOffset at) => new(
        email.DeliveryId,
        email.Person,
        email.Message.To.Value,
        email.Key.Value,
        at,
        [.. CommitmentLink().Matches(email.Message.Text).Select(match => match.Groups[1].Value).Distinct()],
        email);

    /// <summary>The path of a link in it.</summary>
    public string Path(string begin) => Regex.Match(Email.Message.Text, $"https://focus.example({Regex.Escape(begin)}\\S+)").Groups[1].Value;

    [GeneratedRegex("https://focus.example/commitments/([a-z0-9-]+)")]
    private static partial Regex CommitmentLink();
}
