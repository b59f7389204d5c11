using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Email.Senders;
using CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;
using CitizenFocus.Functions.Tests.Email.Senders.SendGrid;
using CitizenFocus.Functions.Tests.Email.Senders.Smtp;
using CitizenFocus.Functions.Tests.Support;
using Xunit.Abstractions;

namespace CitizenFocus.Functions.Tests.Email.Chaos;

/// <summary>
/// Many messages through each sender while the process dies at any moment and the provider fails in every way. Short in the
/// suite; <c>CITIZENFOCUS_CHAOS=full</c> makes it 2,000 messages and 20 deaths a sender.
/// </summary>
public sealed class ProviderChaosTests(SmtpServer smtp, ITestOutputHelper output) : IClassFixture<SmtpServer>
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("CITIZENFOCUS_CHAOS") == "full";
    private static readonly int Messages = IsFull ? 2_000 : 120;
    private static readonly int Deaths = IsFull ? 20 : 4;

    private readonly Random _random = new(20261127);

    [Fact]
    public async Task CommunicationServices_WhateverDiesAndFails_LosesNothingAndAcceptsNothingTwice()
    {
        await using var provider = new CommunicationServicesStandIn();
        await provider.StartAsync();
        provider.Otherwise = Faults;

        var run = await RunAsync(EmailProviders.CommunicationServices, [("CommunicationServices:ConnectionString", provider.ConnectionString), ("CommunicationServices:MessagesPerMinute", "0"), ("CommunicationServices:MessagesPerHour", "0")]);

        run.Print(output, provider.Received.Select(mail => mail.To));
        Assert.Equal(run.Addresses.Order(), provider.Received.Select(mail => mail.To).Order());
        Assert.All(run.Rows, row => Assert.Equal(DeliveryState.Accepted, row.State));
        Assert.Empty(provider.Violations);
    }

    [Fact]
    public async Task SendGrid_WhateverDiesAndFails_LosesNothingAndEachPossibleDoubleStandsInTheLedger()
    {
        await using var provider = new SendGridStandIn();
        await provider.StartAsync();
        provider.Otherwise = Faults;

        // No report ever comes: at the deadline, what got no answer is taken for not accepted, and some of it was.
        var run = await RunAsync(EmailProviders.SendGrid, [("SendGrid:ApiKey", SendGridStandIn.ApiKey), ("SendGrid:BaseUrl", provider.Address.AbsoluteUri), ("SendGrid:WebhookPublicKey", provider.PublicKey)]);

        AssertNoneLostAndDoublesKnown(run, provider.Received.Select(mail => mail.To));
        Assert.Empty(provider.Violations);
    }

    [Fact]
    public async Task SendGrid_WhoseReportsComeInTime_AcceptsNothingTwice()
    {
        await using var provider = new SendGridStandIn();
        await provider.StartAsync();
        provider.Otherwise = Faults;
        var reported = 0;

        var run = await RunAsync(
            EmailProviders.SendGrid,
            [("SendGrid:ApiKey", SendGridStandIn.ApiKey), ("SendGrid:BaseUrl", provider.Address.AbsoluteUri), ("SendGrid:WebhookPublicKey", provider.PublicKey)],
            async site =>
            {
                if (provider.Received.Count is var count && count == reported) return;
                using var answer = await site.Client.SendAsync(provider.Events("delivered", reported, site.Time.GetUtcNow()));
                if (answer.StatusCode == HttpStatusCode.OK) reported = count;
            });

        run.Print(output, provider.Received.Select(mail => mail.To));
        Assert.Equal(run.Addresses.Order(), provider.Received.Select(mail => mail.To).Order());
        Assert.All(run.Rows, row => Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Delivered), (row.State, row.Report)));
    }

    [Fact]
    public async Task Smtp_WhateverDiesAndFails_LosesNothingAndEachPossibleDoubleStandsInTheLedger()
    {
        var before = smtp.Received().Count;

        // Nodemailer's server fails by the recipient's name: one in ten hangs up after it took the mail, one in ten before.
        var run = await RunAsync(
            EmailProviders.Smtp,
            [("Smtp:Host", "localhost"), ("Smtp:Port", $"{smtp.Port("plain")}"), ("Smtp:Security", "none")],
            address: n => n % 10 == 3 ? $"cut-kept-{n}" : null);

        AssertNoneLostAndDoublesKnown(run, smtp.Received().Skip(before).SelectMany(mail => mail.To));
    }

    private void AssertNoneLostAndDoublesKnown(ChaosRun run, IEnumerable<string> received)
    {
        var counts = received.CountBy(to => to).ToDictionary();
        run.Print(output, counts.SelectMany(count => Enumerable.Repeat(count.Key, count.Value)));
        Assert.Empty(run.Addresses.Except(counts.Keys));

        // A double is possible only where the row says that an attempt got no answer, and what was decided then.
        var doubles = counts.Where(count => count.Value > 1).Select(count => count.Key).ToHashSet();
        var unanswered = run.Rows.Where(row => row.Unanswered > 0).Select(row => run.AddressOf(row)).ToHashSet();
        Assert.Empty(doubles.Except(unanswered));
        Assert.All(run.Rows.Where(row => row.Unanswered > 0), row => Assert.NotNull(row.Decision));
        Assert.All(run.Rows, row => Assert.True(row.IsSettled, $"{row.State}"));
        Assert.InRange(unanswered.Count, 0, run.InFlightAtDeaths + run.UnansweredFaults);
    }

    private int _faults;

    /// <summary>One call in eight fails, in each way as often.</summary>
    private Behaviour Faults()
    {
        lock (_random)
        {
            if (_random.Next(8) > 0) return Behaviour.Accept;
            var behaviour = _random.GetItems([Behaviour.Throttle429, Behaviour.Fail500, Behaviour.CutBeforeReading, Behaviour.CutAfterReading], 1)[0];
            if (behaviour != Behaviour.Throttle429) _faults++;
            return behaviour;
        }
    }

    private async Task<ChaosRun> RunAsync(string provider, (string Name, string Value)[] settings, Func<Site, Task>? report = null, Func<int, string?>? address = null)
    {
        var run = await ChaosRun.StartAsync([("Email:Providers", provider), .. settings], Messages, address, _random);
        await using (run)
        {
            await run.RunAsync(Deaths, report);
            run.UnansweredFaults = provider == EmailProviders.Smtp ? Messages : _faults;
        }

        return run;
    }
}
