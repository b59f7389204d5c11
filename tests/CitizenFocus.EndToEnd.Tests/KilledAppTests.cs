using System.Diagnostics;
using CitizenFocus.EndToEnd.Tests.Support;
using CitizenFocus.Testing;
using Xunit.Abstractions;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>Nothing lost, nothing sent twice, nobody overbooked, although the app dies again and again.</summary>
public sealed class KilledAppTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int People = 200;
    private const int InFlight = 16;
    private const int Seats = 25;

    /// <summary>For each wait. A mail whose sender was killed is taken over only when its lease ends.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Stopwatch _clock = new();
    private RunningSite _site = null!;

    public async Task InitializeAsync() => _site = await RunningSite.StartAsync(BuiltApp.Settings(
        ("Webinars__RegistrationsPerMinute", "100000"),
        // Short pauses between retries: the test is about what survives, not about how long one waits for it.
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:01"),
        ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.250")));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Registrations_WhileTheAppIsKilled_EachGetOneDecisionAndOneMail()
    {
        _clock.Start();
        using var limit = new CancellationTokenSource(Deadline);
        var crowd = new RegistrationCrowd(_site.Client, People, InFlight);
        var registering = crowd.RegisterAllAsync(limit.Token);
        // While they register, then while the last mails are written.
        foreach (var accepted in new[] { 30, 80, 130, 180 }) await KillWhenAsync(() => crowd.Accepted >= accepted);
        await registering;
        Note($"registered, after {crowd.Failures} tries that failed");
        var written = _site.Mailbox.Count;
        await KillWhenAsync(() => _site.Mailbox.Count is var count && (count > written || count == People));

        var queues = new WorkQueues(_site.Storage);
        await Eventually.Async(queues.CountAsync, count => count == 0, Deadline);
        Note("the queues are empty");

        var registrations = await StoredRegistrations.ReadAsync(_site.Storage);
        var confirmed = registrations.StatusByAddress.Where(pair => pair.Value == "Confirmed").Select(pair => pair.Key).ToHashSet();
        var waiting = registrations.StatusByAddress.Where(pair => pair.Value == "Waiting").Select(pair => pair.Key).ToHashSet();
        Assert.Equal(crowd.Addresses.Order(), confirmed.Concat(waiting).Order());
        Assert.Equal((Seats, People - Seats), (confirmed.Count, waiting.Count));
        Assert.Equal((Seats, People - Seats), registrations.Counted);
        Assert.Equal((0, People - Seats, 0), (registrations.Undecided, registrations.Line, registrations.Outgoing));

        var mailed = _site.Mailbox.All().Select(mail => (Address: mail.To.Mailboxes.Single().Address, IsConfirmation: mail.Subject!.StartsWith("You are registered", StringComparison.Ordinal))).ToList();
        Assert.Equal(confirmed.Order(), mailed.Where(mail => mail.IsConfirmation).Select(mail => mail.Address).Order());
        Assert.Equal(waiting.Order(), mailed.Where(mail => !mail.IsConfirmation).Select(mail => mail.Address).Order());
        Assert.Equal(0, await queues.CountPoisonAsync());
    }

    private void Note(string what) => output.WriteLine($"{_clock.Elapsed.TotalSeconds:0.0} s: {what}");

    /// <summary>SIGKILL, and LocalHost starts the next process.</summary>
    private async Task KillWhenAsync(Func<bool> due)
    {
        await Eventually.Async(() => Task.FromResult(due()), isDue => isDue, Deadline);
        var running = await Eventually.Async(() => Task.FromResult(_site.Host.WorkerProcessId), id => id is not null);
        using var process = Process.GetProcessById(running!.Value);
        process.Kill();
        Note($"killed, with {_site.Mailbox.Count} mails written");
        await Eventually.Async(() => Task.FromResult(_site.Host.WorkerProcessId), id => id is not null && id != running);
    }
}
