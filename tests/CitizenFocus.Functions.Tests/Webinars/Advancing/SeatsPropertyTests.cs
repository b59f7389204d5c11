using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Webinars.Calendar;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Invitations;
using CitizenFocus.Functions.Webinars.Registrations;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit.Abstractions;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>Seats by any interleaving. Few in the suite; <c>CITIZENFOCUS_SEATS=long</c> tries three hundred.</summary>
public sealed class SeatsPropertyTests(ITestOutputHelper output)
{
    /// <summary>After so many attempts without an answer the ledger gives up, and says so.</summary>
    private const int FewestUntilGivenUp = 3;

    private static readonly int Cases = Environment.GetEnvironmentVariable("CITIZENFOCUS_SEATS") == "long" ? 300 : 12;

    private readonly Totals _totals = new();

    [Fact]
    public async Task Seats_WhateverHappensAndFails_AreNeverOverbookedAndEveryoneIsToldTheirState()
    {
        await using var processes = await SeatsProcesses.StartAsync();
        try
        {
            await Task.Run(() => Prop.ForAll(SeatsCase.Any, one => RunAsync(processes, one).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases)));
        }
        finally
        {
            output.WriteLine($"{_totals}, storage faults {processes.StorageFaults}, deaths {processes.Deaths}, hand-overs {processes.Provider.HandOvers}");
            output.WriteLine(string.Join(", ", processes.Provider.Faults.GroupBy(fault => fault).OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Count()}")));
        }
    }

    private async Task RunAsync(SeatsProcesses processes, SeatsCase one)
    {
        var (site, queues) = (processes.Sites[0], processes.Begin(one.Settlement));
        var start = LocalDateTime.FromDateTime(site.Time.GetUtcNow().Date.AddDays(90).AddHours(14));
        var webinar = await site.PublishAsync(w => w with { Capacity = 1, Start = start });
        var deliveries = new SeatsDeliveries(processes.Sites, queues);
        var scenario = new SeatsScenario(processes, deliveries, new(site, webinar), webinar);
        foreach (var step in one.Steps) await scenario.TakeAsync(step);
        await scenario.SettleAsync();

        var rows = await site.SeatRowsAsync(webinar);
        Assert.Equal((0, 0, 0), (rows.Asking.Count, rows.Outgoing, rows.Held));
        webinar = (await site.FindWebinarAsync(webinar))!;
        if (webinar.Status == WebinarStatus.Published) Assert.False(rows.InLine.Count > 0 && rows.Taken < webinar.Capacity, "A seat is free, and somebody waits.");
        foreach (var address in scenario.Addresses) await EachMailWasSentOnceAsync(processes, scenario, webinar, address);
        await EveryoneKnowsAsync(processes, webinar, scenario.Addresses);
        _totals.Add(one, scenario.Watch, deliveries);
    }

    /// <summary>The calendar entry that a person has in the end says whether they have a seat.</summary>
    private async Task EveryoneKnowsAsync(SeatsProcesses processes, Webinar webinar, IReadOnlyList<string> addresses)
    {
        var sent = processes.Provider.Taken.Where(mail => mail.Message.Calendar is not null).ToList();
        var read = sent.Count == 0 ? [] : await CalendarParser.ReadAllAsync([.. sent.Select(mail => mail.Message.Calendar!.Content)]);
        foreach (var address in addresses)
        {
            if ((await processes.Sites[0].DeliveriesAsync(address)).Any(IsGivenUp))
            {
                _totals.GivenUp++;
                continue;
            }

            var last = read.Where((_, n) => sent[n].Message.To.Value == address).OrderBy(calendar => calendar.Event.Sequence).LastOrDefault();
            var registration = await processes.Sites[0].RegistrationAsync(webinar, address);
            if (registration is { Status: RegistrationStatus.Confirmed } && webinar.Status == WebinarStatus.Published)
            {
                Assert.Equal(("REQUEST", registration.Sequence), (last?.Method, last?.Event.Sequence));
                Assert.Equal(webinar.StartInstant.ToString("uuuu-MM-dd'T'HH:mm:ss'.000Z'", null), last!.Event.Start);
            }
            else
            {
                Assert.NotEqual("REQUEST", last?.Method);
            }
        }
    }

    private static async Task EachMailWasSentOnceAsync(SeatsProcesses processes, SeatsScenario scenario, Webinar webinar, string address)
    {
        var (site, provider) = (processes.Sites[0], processes.Provider);
        var (deliveries, person) = (await site.DeliveriesAsync(address), site.PersonOf(address));
        foreach (var delivery in deliveries)
        {
            var taken = provider.TakenUnder(delivery.Key.DeliveryIdFor(person));
            switch (delivery.State)
            {
                // At the risk of a double only where an attempt got no answer, and the provider's way of settling that allows it.
                case DeliveryState.Accepted:
                    Assert.InRange(taken, 1, provider.Settlement == UnknownSettlement.ByClass ? 1 + delivery.Unanswered : 1);
                    break;
                case DeliveryState.Skipped:
                    Assert.True(taken == 0, $"The ledger says that it was not sent: {delivery}");
                    break;
                default:
                    Assert.True(delivery is { State: DeliveryState.Unknown, Unanswered: > 0 }, $"{delivery}");
                    Assert.InRange(taken, 0, delivery.Unanswered);
                    break;
            }
        }

        var known = deliveries.Select(delivery => delivery.Key).ToHashSet();
        Assert.All(provider.Taken.Where(mail => mail.Person == person), mail => Assert.Contains(mail.Key, known));

        // Of each seat that they were given out of the line they were told once, by a mail of its own.
        Assert.Equal(
            scenario.Watch.PromotionsOf(person),
            deliveries.Count(delivery => delivery.Key.Kind is WebinarDeliveries.PromotedKind or WebinarDeliveries.OfferKind && delivery.Key.Part(0) == webinar.Slug.Value));
    }

    private static bool IsGivenUp(Delivery delivery) => delivery is { State: DeliveryState.Unknown, Unanswered: >= FewestUntilGivenUp } && delivery.Key.Kind != InvitationDeliveries.Kind;

    private sealed class Totals
    {
        private int _cases;
        private int _moves;
        private int _delivered;
        private int _promotions;
        private int _freed;

        public int GivenUp { get; set; }

        public void Add(SeatsCase one, SeatsWatch watch, SeatsDeliveries deliveries)
        {
            _cases++;
            _moves += one.Steps.Length;
            _delivered += deliveries.Count;
            _promotions += watch.Promotions;
            _freed += watch.Freed;
        }

        public override string ToString() => $"cases {_cases}, moves {_moves}, deliveries {_delivered}, seats freed {_freed}, promotions {_promotions}, persons whose mail was given up {GivenUp}";
    }
}
