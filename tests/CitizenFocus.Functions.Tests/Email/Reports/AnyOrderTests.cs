using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Email.Reports;

/// <summary>Providers repeat, and keep no order: neither may matter.</summary>
public sealed class AnyOrderTests(ReportsFixture reports) : IClassFixture<ReportsFixture>
{
    private const int Mails = 4;

    private static readonly DateTimeOffset Start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Kinds =
        ["processed", "deferred", "delivered", "open", "click", "unsubscribe", "group_resubscribe", "bounce", "blocked", "blocked", "dropped", "spamreport"];

    private static readonly Gen<Told> AnyTold =
        from mail in Gen.Choose(0, Mails - 1)
        from kind in Gen.Elements(Kinds)
        from seconds in Gen.OneOf(Gen.Choose(0, 12), Gen.Choose(0, 10 * 24).Select(hours => hours * 3600))
        from link in Gen.Choose(0, 2)
        select new Told(mail, kind, seconds, link);

    /// <summary>What happened, each once, and the order in which it is told, with repeats.</summary>
    private static readonly Gen<(Told[] Happened, int[] Order)> AnyCase =
        from count in Gen.Choose(1, 12)
        from happened in Gen.ArrayOf(AnyTold, count)
        from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
        from repeats in Gen.ArrayOf(Gen.Choose(0, count - 1), count / 2)
        from all in Gen.Shuffle(order.Concat(repeats).ToArray())
        select (happened, all.ToArray());

    [Fact]
    public void ReportAndSuppression_InAnyOrderAndHoweverOftenRepeated_AreTheSame() => Prop.ForAll(AnyCase.ToArbitrary(), told =>
    {
        var person = reports.Site.PersonOf("anna@example.org");
        var events = told.Happened.Select((e, n) => e.ToEvent(person, n)).ToList();

        // As they come: each time all that is known by then is judged.
        var (known, suppression, furthest) = (new List<DeliveryEvent>(), Suppression.None, new DeliveryReportState?[Mails]);
        foreach (var n in told.Order)
        {
            if (!known.Contains(events[n])) known.Add(events[n]);
            suppression = SuppressionRules.Apply(suppression, known);
            for (var mail = 0; mail < Mails; mail++)
            {
                var report = ReportOf(mail, known);
                if (report is not null && !told.Happened.Any(e => e.Kind is "open" or "click")) Assert.True(report.State >= (furthest[mail] ?? report.State));
                if (report is not null) furthest[mail] = report.State;
            }
        }

        Assert.Equal(SuppressionRules.Apply(Suppression.None, events).Causes.OrderBy(cause => cause.Key), suppression.Causes.OrderBy(cause => cause.Key));
        for (var mail = 0; mail < Mails; mail++) Assert.Equal(ReportOf(mail, events), ReportOf(mail, known));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public async Task RowsAndSuppression_OfEventsInAnyOrderAndHoweverOftenRepeated_AreThoseOfOneCallWithAll() => await Task.Run(() =>
        Prop.ForAll(AnyCase.ToArbitrary(), told => ThroughTheHookAsync(told).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(8)));

    private async Task ThroughTheHookAsync((Told[] Happened, int[] Order) told)
    {
        var (one, other) = (a.Address("one"), a.Address("other"));
        foreach (var address in new[] { one, other })
        {
            for (var mail = 0; mail < Mails; mail++) await reports.AddAsync(address, Told.KeyOf(mail));
        }

        await reports.PostAsync([.. told.Happened.Select((e, n) => e.ToSent(reports, one, n))]);
        JsonObject[] events = [.. told.Happened.Select((e, n) => e.ToSent(reports, other, n))];
        foreach (var n in told.Order) await reports.PostAsync(events[n]);

        for (var mail = 0; mail < Mails; mail++)
        {
            var (expected, found) = (await reports.RowAsync(one, Told.KeyOf(mail)), await reports.RowAsync(other, Told.KeyOf(mail)));
            Assert.Equal((expected.Report, expected.ReportedAt, expected.ReportReason), (found.Report, found.ReportedAt, found.ReportReason));
        }

        Assert.Equal(await CausesAsync(one), await CausesAsync(other));
        Assert.Equal((await reports.EventsAsync(one)).Count, (await reports.EventsAsync(other)).Count);
    }

    private async Task<IEnumerable<KeyValuePair<SuppressionCause, DateTimeOffset>>> CausesAsync(string address) =>
        ((await reports.SuppressionAsync(address)) ?? Suppression.None).Causes.OrderBy(cause => cause.Key);

    private static DeliveryReport? ReportOf(int mail, IEnumerable<DeliveryEvent> events) =>
        DeliveryReport.Of(Machines.Judge([.. events.Where(e => e.Key.Value == Told.KeyOf(mail))]));

    private sealed record Told(int Mail, string Kind, int Seconds, int Link)
    {
        public static string KeyOf(int mail) => $"test|{mail}";

        public JsonObject ToSent(ReportsFixture reports, string address, int number) => reports.Event(
            address,
            Kind == "blocked" ? "bounce" : Kind,
            KeyOf(Mail),
            Start.AddSeconds(Seconds),
            sent =>
            {
                sent["sg_event_id"] = $"any-{number}";
                if (Kind == "blocked") ReportsFixture.SoftBounce(sent);
                if (Kind == "dropped") sent["reason"] = "Bounced Address";
                if (Kind == "click") sent["url"] = $"https://focus.example/{Link}";
            });

        public DeliveryEvent ToEvent(PersonId person, int number) => new()
        {
            Person = person,
            Key = DeliveryKey.Parse(KeyOf(Mail)),
            Kind = Kind switch
            {
                "processed" => DeliveryEventKind.Processed,
                "deferred" => DeliveryEventKind.Deferred,
                "delivered" => DeliveryEventKind.Delivered,
                "open" => DeliveryEventKind.Opened,
                "click" => DeliveryEventKind.Clicked,
                "unsubscribe" => DeliveryEventKind.Unsubscribed,
                "group_resubscribe" => DeliveryEventKind.Resubscribed,
                "bounce" => DeliveryEventKind.Bounced,
                "blocked" => DeliveryEventKind.SoftBounced,
                "dropped" => DeliveryEventKind.DroppedForBounces,
                _ => DeliveryEventKind.Complained,
            },
            At = Start.AddSeconds(Seconds),
            ReceivedAt = Start,
            Id = DeliveryEvent.HashOf($"{number}"),
            Provider = EmailProviders.SendGrid,
            Link = Kind == "click" ? $"{Link}" : null,
        };
    }
}
