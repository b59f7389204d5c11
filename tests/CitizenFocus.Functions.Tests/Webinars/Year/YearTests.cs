using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CitizenFocus.Functions.Tests.Webinars.Year;

/// <summary>
/// A year by a clock that is moved by hand. Short in the suite; <c>CITIZENFOCUS_YEAR=full</c> makes it 40 webinars and 20,000
/// registrations, in ten parts with a storage of their own: the emulator reads a whole table for each row that is asked for.
/// </summary>
public sealed class YearTests(ITestOutputHelper output)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("CITIZENFOCUS_YEAR") == "full";

    private const int Parts = 10;

    [Fact]
    public async Task Year_OfWebinarsInFiveZones_SendsEachMailOnceAtItsMinuteAndTheCountsAddUp()
    {
        var random = new Random(20261122);
        var (webinars, registrations) = IsFull ? (40, 20_000) : (10, 120);
        var planned = PlannedWebinar.Year(random, new(2026, 9, 1), webinars, registrations);
        var kinds = new Dictionary<string, int>();
        foreach (var part in planned.Chunk(IsFull ? webinars / Parts : webinars))
        {
            foreach (var (kind, count) in await RunAsync(part)) kinds[kind] = kinds.GetValueOrDefault(kind) + count;
            output.WriteLine($"{part.Length} webinars, {part.Sum(webinar => webinar.People.Count)} people; so far {string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key}: {kind.Value}"))}");
        }
    }

    private static async Task<Dictionary<string, int>> RunAsync(IReadOnlyList<PlannedWebinar> planned)
    {
        RecordingSender? sender = null;
        await using var site = await Site.StartAsync(services => services.AddKeyedSingleton<IEmailSender>(
            EmailProviders.Pickup, (provider, _) => sender = new(provider.GetRequiredService<TimeProvider>())));
        var from = site.Time.GetUtcNow();
        var to = from.AddDays(366);
        var year = new SimulatedYear(site);
        foreach (var webinar in planned) await PlanAsync(site, year, webinar, from);
        year.FireTimers(from, to, TimeSpan.FromDays(IsFull ? 1 : 3), planned.SelectMany(webinar => webinar.Moments), TimeSpan.FromMinutes(IsFull ? 15 : 5));

        await year.RunUntilAsync(to);

        var kinds = await KindsAsync(site, sender!);
        var sent = sender!.Sent.ToLookup(mail => mail.To);
        var expected = 0;
        foreach (var webinar in planned)
        {
            foreach (var person in webinar.People)
            {
                var mails = sent[person.Address].ToList();
                AssertMails(webinar, person, mails, mails.ToLookup(mail => kinds[mail.Id]));
                expected += mails.Count;
            }
        }

        Assert.Equal(expected, sender.Sent.Count);
        return sender.Sent.CountBy(mail => kinds[mail.Id]).ToDictionary();
    }

    private static async Task PlanAsync(Site site, SimulatedYear year, PlannedWebinar planned, DateTimeOffset from)
    {
        await site.AddAsync(planned.Webinar);
        foreach (var person in planned.People)
        {
            year.At(person.RegistersAt < from ? from : person.RegistersAt, async () => (await site.PostJsonAsync(
                $"/webinars/{planned.Webinar.Slug}/registrations",
                new System.Text.Json.Nodes.JsonObject { ["name"] = "Anna", ["email"] = person.Address, ["consent"] = true })).Dispose());
            if (person.CancelsAt is { } cancelsAt) year.At(cancelsAt, async () => (await site.CancelAsync(planned.Webinar, person.Address)).Dispose());
        }

        if (planned.MovedAt is { } movedAt) year.At(movedAt, () => site.ChangeAsync(planned.Webinar, w => w with { Start = w.Start.PlusHours(1) }));
        if (planned.CancelledAt is { } cancelledAt) year.At(cancelledAt, () => site.CancelWebinarAsync(planned.Webinar));
    }

    private static void AssertMails(PlannedWebinar webinar, PlannedPerson person, List<SentEmail> mails, ILookup<string, SentEmail> byKind)
    {
        if (webinar.CancelledAt < person.RegistersAt)
        {
            // The form is refused: nobody was told anything.
            Assert.Empty(mails);
            return;
        }

        Assert.Single(byKind["confirmation"]);
        var reminders = webinar.RemindersOf(person).OrderBy(reminder => reminder.Moment).ToList();
        Assert.Equal(reminders.Count, byKind["reminder"].Count());
        foreach (var ((start, moment), mail) in reminders.Zip(byKind["reminder"].OrderBy(mail => mail.At)))
        {
            Assert.True(mail.At >= moment && mail.At <= moment.AddMinutes(1), $"{webinar}: registered {person.RegistersAt:u}, due {moment:u}, sent {mail.At:u}: {mail.Text}");
            var local = TimeZoneInfo.ConvertTime(start, webinar.Zone);
            Assert.Contains(local.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture), mail.Text, StringComparison.Ordinal);
            Assert.Contains(start.ToString("HH:mm", CultureInfo.InvariantCulture), mail.Text, StringComparison.Ordinal);
        }

        Assert.Equal(webinar.IsToldOfTheMove(person) ? 1 : 0, byKind["changed"].Count());
        Assert.Equal(person.CancelsAt is null && !webinar.IsToldOfTheCancellation(person) ? 0 : 1, byKind["cancelled"].Count());
        Assert.Equal(webinar.ComesToTheEnd(person) ? 1 : 0, byKind["follow-up"].Count());
        Assert.All(byKind["follow-up"], mail => Assert.InRange(mail.At, webinar.End.AddHours(24), webinar.End.AddHours(24).AddMinutes(1)));
        Assert.Equal(mails.Count, byKind["confirmation"].Count() + byKind["reminder"].Count() + byKind["changed"].Count() + byKind["cancelled"].Count() + byKind["follow-up"].Count());
    }

    /// <summary>What each mail is, by the ledger, which must have accepted just those that the provider took.</summary>
    private static async Task<Dictionary<string, string>> KindsAsync(Site site, RecordingSender sender)
    {
        var kinds = new Dictionary<string, string>();
        await foreach (var row in site.Storage.Table(SendLedger.TableName).QueryAsync<TableEntity>())
        {
            var delivery = DeliveryMapping.FromEntity(row);
            if (delivery.State == DeliveryState.Accepted) kinds.Add(delivery.Key.DeliveryIdFor(delivery.Person), delivery.Key.Kind);
        }

        Assert.Equal(kinds.Keys.Order(), sender.Sent.Select(mail => mail.Id).Order());
        return kinds;
    }
}
