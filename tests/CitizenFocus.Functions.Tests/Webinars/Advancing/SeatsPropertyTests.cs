using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Tests.Webinars.Calendar;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

public sealed class SeatsPropertyTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly Config Few = Config.QuickThrowOnFailure.WithMaxTest(12);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Seats_WhateverHappensAndFails_AreNeverOverbookedAndEveryoneIsToldTheirState()
    {
        await using var other = await _site.StartAnotherAsync();
        await Task.Run(() => Prop.ForAll(Step.Sequences, steps => RunAsync(other, steps).GetAwaiter().GetResult()).Check(Few));
    }

    private async Task RunAsync(Site other, Step[] steps)
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 2 });
        var scenario = new SeatsScenario(_site, other, webinar);
        foreach (var step in steps) await scenario.TakeAsync(step);
        await scenario.SettleAsync();

        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((0, 0, 0), (rows.Asking.Count, rows.Outgoing, rows.Held));
        webinar = (await _site.FindWebinarAsync(webinar))!;
        await EveryoneKnowsAsync(webinar, scenario.Addresses);
        foreach (var address in scenario.Addresses) await EachMailWasSentOnceAsync(address);
    }

    /// <summary>The calendar entry that a person has in the end says whether they have a seat.</summary>
    private async Task EveryoneKnowsAsync(Webinar webinar, IReadOnlyList<string> addresses)
    {
        var sent = addresses.SelectMany(address => _site.MailsTo(address), (address, mail) => (Address: address, Text: CalendarIn(mail))).Where(sent => sent.Text is not null).ToList();
        var read = sent.Count == 0 ? [] : await CalendarParser.ReadAllAsync([.. sent.Select(each => each.Text!)]);
        foreach (var address in addresses)
        {
            var last = read.Where((_, n) => sent[n].Address == address).OrderBy(calendar => calendar.Event.Sequence).LastOrDefault();
            var registration = await _site.RegistrationAsync(webinar, address);
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

    private async Task EachMailWasSentOnceAsync(string address)
    {
        var deliveries = await _site.DeliveriesAsync(address);
        Assert.All(deliveries, delivery => Assert.True(delivery.State is DeliveryState.Accepted or DeliveryState.Skipped or DeliveryState.Unknown, $"{delivery.Key} is {delivery.State}"));
        var person = _site.PersonOf(address);
        var files = _site.MailsTo(address).Select(mail => mail.MessageId![..mail.MessageId!.IndexOf('@', StringComparison.Ordinal)]);
        var mayHaveBeenSent = deliveries.Where(delivery => delivery.State != DeliveryState.Skipped).Select(delivery => delivery.Key.DeliveryIdFor(person)).ToList();
        Assert.All(files, file => Assert.Contains(file, mayHaveBeenSent));
        Assert.All(deliveries.Where(delivery => delivery.State == DeliveryState.Accepted), delivery => Assert.Contains(delivery.Key.DeliveryIdFor(person), files));
    }

    private static string? CalendarIn(MimeMessage mail) =>
        mail.BodyParts.OfType<TextPart>().SingleOrDefault(part => part.ContentType.IsMimeType("text", "calendar"))?.Text;
}
