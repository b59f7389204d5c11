using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>Two processes of one site with one provider, and the faults that befall them in one step.</summary>
internal sealed class SeatsProcesses : IAsyncDisposable
{
    private readonly bool[] _dead = new bool[2];
    private int _storageFaults;
    private int _deaths;

    private SeatsProcesses() => Provider = new(email => RowAsync(email));

    public Site[] Sites { get; } = new Site[2];

    public SeatsProvider Provider { get; }

    /// <summary>Calls of the storage that were made to fail.</summary>
    public int StorageFaults => _storageFaults;

    /// <summary>Of them and of the provider's, those that took the process with them.</summary>
    public int Deaths => _deaths;

    public static async Task<SeatsProcesses> StartAsync()
    {
        var processes = new SeatsProcesses();
        processes.Sites[0] = await Site.StartAsync(services => processes.AddSender(services, 0));
        processes.Sites[1] = await processes.Sites[0].StartAnotherAsync(services: services => processes.AddSender(services, 1));
        return processes;
    }

    /// <summary>A new case: the queues are empty, and the provider knows of nothing.</summary>
    /// <returns>The queues of both.</returns>
    public HandQueues Begin(UnknownSettlement settlement)
    {
        var queues = new HandQueues(Sites[0].Time);
        foreach (var site in Sites) site.Calls.Queues = queues;
        Provider.Settlement = settlement;
        Provider.Forget();
        return queues;
    }

    /// <summary>From now on the step's faults befall the process that they are for, and each write that may move a seat is watched.</summary>
    public void Disturb(Step step, SeatsWatch watch)
    {
        var (storageLeft, providerLeft) = (step.FaultAt, step.ProviderFaultAt);
        for (var n = 0; n < Sites.Length; n++)
        {
            var process = n;
            Sites[n].Calls.Disturb = async (request, send) =>
            {
                if (_dead[process]) throw new InjectedFault();
                var fails = process == step.App && step.FaultAt >= 0 && Interlocked.Decrement(ref storageLeft) == -1;
                if (fails && !step.IsAnswerLost) throw Fault(process, step.IsDeath);
                await (MayMoveSeats(request) ? watch.WriteAsync(send) : send());
                if (fails) throw Fault(process, step.IsDeath);
            };
        }

        Provider.Fault = () => Interlocked.Decrement(ref providerLeft) == -1 ? step.Provider : ProviderFault.None;
    }

    /// <summary>The step is over; who died in it is started again.</summary>
    public void Calm()
    {
        foreach (var site in Sites) site.Calls.Disturb = null;
        Provider.Fault = () => ProviderFault.None;
        Array.Clear(_dead);
    }

    /// <summary>Tells the ledger, twice and by either process, what became of the mails that the provider took.</summary>
    public async Task ReportAsync(Random random)
    {
        while (Provider.ToReport.TryDequeue(out var email))
        {
            // Only where the settlement waits for them are they sure to come.
            var times = Provider.Settlement == UnknownSettlement.AwaitReport || random.Next(2) == 0 ? 2 : 0;
            for (var n = 0; n < times; n++)
            {
                var (ledger, now) = (Sites[random.Next(2)].Services.GetRequiredService<SendLedger>(), Sites[0].Time.GetUtcNow());
                await ledger.ReportAsync(email.Person, email.Key, row => row with { Report = DeliveryReportState.Delivered, ReportedAt = row.ReportedAt ?? now }, default);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sites[1].DisposeAsync();
        await Sites[0].DisposeAsync();
    }

    private InjectedFault Fault(int process, bool isDeath)
    {
        Interlocked.Increment(ref _storageFaults);
        if (isDeath) Die(process);
        return new();
    }

    private void Die(int process)
    {
        Interlocked.Increment(ref _deaths);
        _dead[process] = true;
    }

    private void AddSender(IServiceCollection services, int process) =>
        services.AddKeyedSingleton<IEmailSender>(EmailProviders.Pickup, (_, _) => new SeatsSender(Provider, () => Die(process)));

    private async Task<Delivery?> RowAsync(OutgoingEmail email)
    {
        var found = await Sites[0].Storage.Table(SendLedger.TableName).GetEntityIfExistsAsync<TableEntity>(email.Person.Value, email.Key.Value);
        return found.HasValue ? DeliveryMapping.FromEntity(found.Value!) : null;
    }

    /// <summary>Seats are moved by transactions and by nothing else.</summary>
    private static bool MayMoveSeats(Azure.Core.Request request) => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal);
}
