using System.Collections.Concurrent;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>What befalls one call of the provider.</summary>
internal enum ProviderFault
{
    None,

    /// <summary>Our process dies before the provider has the mail.</summary>
    DeathBefore,

    /// <summary>Our process dies when the provider has it.</summary>
    DeathAfter,

    /// <summary>No answer, and no mail.</summary>
    SilenceBefore,

    /// <summary>No answer, and yet the provider has it.</summary>
    SilenceAfter,

    TooMuch,
}

/// <summary>
/// A provider that both processes use. Holds each hand-over against the ledger: none without a claim of its own, no two at
/// once, and none again but as its way of settling the unknown allows.
/// </summary>
internal sealed class SeatsProvider(Func<OutgoingEmail, Task<Delivery?>> row)
{
    private readonly ConcurrentDictionary<string, Mail> _mails = new();
    private int _asked;

    public UnknownSettlement Settlement { get; set; }

    /// <summary>What is to befall the next call; asked once a call.</summary>
    public Func<ProviderFault> Fault { get; set; } = () => ProviderFault.None;

    /// <summary>What must not be, in the order in which it was seen.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public ConcurrentQueue<ProviderFault> Faults { get; } = new();

    /// <summary>The mails that are out, in order; one that was sent twice under an id that the provider knows is one.</summary>
    public ConcurrentQueue<OutgoingEmail> Taken { get; private set; } = new();

    /// <summary>Taken, and not reported yet.</summary>
    public ConcurrentQueue<OutgoingEmail> ToReport { get; private set; } = new();

    public int HandOvers { get; private set; }

    public void Forget()
    {
        _mails.Clear();
        (Taken, ToReport) = (new(), new());
    }

    /// <param name="die">Ends the process that calls.</param>
    public async Task<SendOutcome> TakeAsync(OutgoingEmail email, Action die)
    {
        var mail = _mails.GetOrAdd(email.DeliveryId, _ => new());
        if (Interlocked.Increment(ref mail.InFlight) > 1) Wrong.Enqueue($"{email.Key} is handed over twice at once.");
        try
        {
            await HoldAsync(email, mail);
            var fault = Fault();
            if (fault != ProviderFault.None) Faults.Enqueue(fault);
            if (fault is ProviderFault.None or ProviderFault.DeathAfter or ProviderFault.SilenceAfter) Take(email, mail);
            mail.MayBeOut |= fault != ProviderFault.TooMuch;
            switch (fault)
            {
                case ProviderFault.DeathBefore or ProviderFault.DeathAfter:
                    die();
                    throw new InjectedFault();
                case ProviderFault.SilenceBefore or ProviderFault.SilenceAfter:
                    return new SendOutcome.Unknown("No answer.");
                case ProviderFault.TooMuch:
                    return new SendOutcome.Later(TimeSpan.FromMinutes(1), "Too much at once.");
                default:
                    return new SendOutcome.Accepted(email.DeliveryId);
            }
        }
        finally
        {
            Interlocked.Decrement(ref mail.InFlight);
        }
    }

    /// <summary>Every fourth question gets no answer.</summary>
    public SendOutcome? Ask(string deliveryId) =>
        Interlocked.Increment(ref _asked) % 4 == 0 ? new SendOutcome.Unknown("No answer.")
        : _mails.TryGetValue(deliveryId, out var mail) && mail.Taken > 0 ? new SendOutcome.Accepted(deliveryId)
        : null;

    public int TakenUnder(string deliveryId) => _mails.TryGetValue(deliveryId, out var mail) ? mail.Taken : 0;

    private async Task HoldAsync(OutgoingEmail email, Mail mail)
    {
        var claim = await row(email);
        lock (mail)
        {
            HandOvers++;
            if (claim?.State != DeliveryState.Sending || claim.Attempt <= mail.LastAttempt) Wrong.Enqueue($"{email.Key} is handed over without a claim of its own: {claim}");
            mail.LastAttempt = claim?.Attempt ?? 0;
            var isWrong = Settlement switch
            {
                UnknownSettlement.AwaitReport or UnknownSettlement.AskThenRepeat => mail.Taken > 0,
                UnknownSettlement.ByClass => mail.MayBeOut && email.Key.Kind == InvitationDeliveries.Kind,
                _ => false,
            };
            if (isWrong) Wrong.Enqueue($"{email.Key} is handed over again, though the provider may have it: {claim}");
        }
    }

    private void Take(OutgoingEmail email, Mail mail)
    {
        if (mail.Taken > 0 && Settlement == UnknownSettlement.Repeat) return;
        mail.Taken++;
        Taken.Enqueue(email);
        ToReport.Enqueue(email);
    }

    private sealed class Mail
    {
        public int InFlight;

        public int LastAttempt { get; set; }

        public int Taken { get; set; }

        public bool MayBeOut { get; set; }
    }
}

/// <summary>One process's way to the provider.</summary>
internal sealed class SeatsSender(SeatsProvider provider, Action die) : IEmailSender
{
    public string Name => "seats";

    public UnknownSettlement Settlement => provider.Settlement;

    public TimeSpan Lease => TimeSpan.FromSeconds(30);

    public TimeSpan ReportDeadline => TimeSpan.FromMinutes(30);

    public SendingRate Rate => SendingRate.Unlimited;

    public Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken) => provider.TakeAsync(email, die);

    public Task<SendOutcome?> AskAsync(string deliveryId, CancellationToken cancellationToken) => Task.FromResult(provider.Ask(deliveryId));
}
