using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CitizenFocus.Functions.Tests.Email.Chaos;

/// <summary>Delivers messages as the Functions host does, to a process that dies now and then and is started again.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const int BatchSize = 16;
    private const int MaxDequeueCount = 5;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, int> _failures = [];
    private readonly Random _random;
    private readonly Site _first;
    private readonly ByPerson _composer;
    private Site _site;
    private int _callsToLive = int.MaxValue;

    private ChaosRun(Site site, ByPerson composer, Random random)
    {
        (_first, _site, _composer, _random) = (site, site, composer, random);
        Queues = new(site.Time);
        Connect();
    }

    public HandQueues Queues { get; }

    public IReadOnlyList<string> Addresses => [.. _composer.Addresses.Values];

    public IReadOnlyList<Delivery> Rows { get; private set; } = [];

    public int DeathsDied { get; private set; }

    public int InFlightAtDeaths { get; private set; }

    /// <summary>Calls that the provider left without an answer.</summary>
    public int UnansweredFaults { get; set; }

    public static async Task<ChaosRun> StartAsync((string Name, string Value)[] settings, int messages, Func<int, string?>? local, Random random)
    {
        var composer = new ByPerson();
        var site = await Site.StartAsync(services => services.AddSingleton<IEmailComposer>(composer), settings);
        var run = new ChaosRun(site, composer, random);
        for (var n = 0; n < messages; n++)
        {
            var address = $"{local?.Invoke(n) ?? $"p{n}"}@recipient.example";
            var person = site.PersonOf(address);
            composer.Addresses[person] = address;
            run.Queues.Put(EmailQueue.QueueName, Site.DueEmail(person, "chaos|one"));
        }

        return run;
    }

    public string AddressOf(Delivery row) => _composer.Addresses[row.Person];

    public async Task RunAsync(int deaths, Func<Site, Task>? report)
    {
        for (var delivered = 0; Queues.NextDue is { } next; delivered++)
        {
            if (next > _site.Time.GetUtcNow())
            {
                if (report is not null) await report(_site);
                _site.Time.SetUtcNow(next);
            }

            // Somewhere in the next few calls to its storage.
            if (DeathsDied < deaths && _callsToLive == int.MaxValue) _callsToLive = _random.Next(1, 80);
            var batch = Queues.Take(BatchSize);
            await Task.WhenAll(batch.Select(DeliverAsync));
            if (_callsToLive < 0) await RestartAsync(batch.Count);
            Assert.True(delivered < 1_000_000, "It never ends.");
        }

        _callsToLive = int.MaxValue;
        if (report is not null) await report(_site);
        var rows = new List<Delivery>();
        await foreach (var row in _first.Storage.Table(SendLedger.TableName).QueryAsync<TableEntity>()) rows.Add(DeliveryMapping.FromEntity(row));
        Rows = rows;
    }

    public void Print(ITestOutputHelper output, IEnumerable<string> received)
    {
        var all = received.ToList();
        output.WriteLine(
            $"{Addresses.Count} messages, {DeathsDied} deaths with {InFlightAtDeaths} in flight, {UnansweredFaults} calls left without an answer: {all.Count} received, {all.Count - all.Distinct().Count()} of them doubles; "
            + $"lost {Addresses.Except(all).Count()}; rows {string.Join(", ", Rows.CountBy(row => row.State).Select(state => $"{state.Key} {state.Value}"))}; unanswered {Rows.Count(row => row.Unanswered > 0)}: "
            + string.Join("; ", Rows.Where(row => row.Unanswered > 0).CountBy(row => row.Decision ?? "").Select(decision => $"{decision.Value} × {decision.Key}")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_site != _first) await _site.DisposeAsync();
        await _first.DisposeAsync();
    }

    private async Task DeliverAsync((string Queue, string Text) message)
    {
        var isPoison = message.Queue.EndsWith(EmailQueue.PoisonQueueName, StringComparison.Ordinal);
        using var response = await _site.InvokeAsync(isPoison ? ReturnPoisonedEmail.FunctionName : SendEmail.FunctionName, message.Text);
        if (response.IsSuccessStatusCode) return;

        lock (_failures)
        {
            var count = _failures[message.Text] = _failures.GetValueOrDefault(message.Text) + 1;
            var queue = !isPoison && count % MaxDequeueCount == 0 ? EmailQueue.PoisonQueueName : message.Queue;
            Queues.Put(queue, message.Text, RetryDelay);
        }
    }

    /// <summary>From some call on, nothing that the process does reaches its storage any more: it is dead, though it does not know.</summary>
    private void Connect()
    {
        _site.Calls.Queues = Queues;
        _site.Calls.Disturb = async (_, send) =>
        {
            var left = Interlocked.Decrement(ref _callsToLive);
            if (left < 0) throw new InjectedFault();
            await send();
            if (left == 0) throw new InjectedFault();
        };
    }

    private async Task RestartAsync(int inFlight)
    {
        DeathsDied++;
        InFlightAtDeaths += inFlight;
        var dead = _site;
        _callsToLive = int.MaxValue;
        _site = await _first.StartAnotherAsync(services: services => services.AddSingleton<IEmailComposer>(_composer));
        Connect();
        if (dead != _first) await dead.DisposeAsync();
    }

    /// <summary>One kind of mail, transactional, to whoever the person id says.</summary>
    private sealed class ByPerson : IEmailComposer
    {
        public Dictionary<PersonId, string> Addresses { get; } = [];

        public IReadOnlyCollection<string> Kinds => ["chaos"];

        public Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken) => Task.FromResult<Composition>(new Composition.Ready(new()
        {
            To = EmailAddress.Parse(Addresses[person]),
            Subject = "Test",
            Text = "Test\n",
            Html = "<p>Test</p>",
            MessageId = $"{key.DeliveryIdFor(person)}@focus.example",
        }));
    }
}
