using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>Communication Services' default limits, held across processes.</summary>
public sealed class QuotaTests : SendingTest
{
    private const int PerMinute = 30;
    private const int PerHour = 100;

    private protected override (string Name, string Value)[] Settings => [];

    [Fact]
    public async Task Quota_WithFourProcesses_IsNeverExceededInAnyWindowAndUsedToNineTenths()
    {
        Limit();
        await using Site second = await StartAnotherAsync(), third = await StartAnotherAsync(), fourth = await StartAnotherAsync();
        var begin = Site.Time.GetUtcNow();
        var messages = Enqueue("bulk|one", 320);

        await RunAsync(begin + TimeSpan.FromHours(3), Site, second, third, fourth);

        var times = Sender.Accepted.Select(sent => sent.At).Order().ToList();
        AssertWindows(times);
        Assert.InRange(times.Count(time => time < begin + TimeSpan.FromHours(3)), 0.9 * 3 * PerHour, 3 * PerHour);

        await RunAsync(begin + TimeSpan.FromHours(5), Site, second, third, fourth);
        Assert.Equal(messages.Order(), Sender.Accepted.Select(sent => sent.Email.Person.Value).Order());
        Assert.Equal(messages.Count, Sender.Calls);
    }

    [Fact]
    public async Task Transactional_AmongAThousandWaitingBulk_IsSentWithinAMinute()
    {
        Limit();
        Enqueue("bulk|one", 1_000);
        await RunForAsync(TimeSpan.FromHours(2));
        Assert.InRange(Sender.Accepted.Count, 100, 250);
        var due = Site.Time.GetUtcNow();

        await SendAsync("test|urgent");
        await RunForAsync(TimeSpan.FromMinutes(1));

        var sent = Assert.Single(Sender.Accepted, sent => sent.Email.Key.Kind == "test");
        Assert.InRange(sent.At - due, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Plan_OfManyMessages_SaysWhenTheyWouldBeDone()
    {
        Limit();

        var plan = JsonNode.Parse(await (await AskAsync(HttpMethod.Get, "/api/email/plan?messages=2000")).Content.ReadAsStringAsync())!;

        Assert.Equal((2_000, "fake", PerHour), ((int)plan["messages"]!, (string?)plan["provider"], (int)plan["messagesPerHour"]!));
        Assert.InRange((DateTimeOffset)plan["doneAt"]! - Site.Time.GetUtcNow(), TimeSpan.FromHours(20), TimeSpan.FromHours(22.3));

        // What waits already is before them.
        Enqueue("bulk|one", 150);
        await RunForAsync(TimeSpan.Zero);
        var behind = JsonNode.Parse(await (await AskAsync(HttpMethod.Get, "/api/email/plan?messages=2000")).Content.ReadAsStringAsync())!;
        Assert.InRange((DateTimeOffset)behind["doneAt"]! - (DateTimeOffset)plan["doneAt"]!, TimeSpan.FromHours(1.4), TimeSpan.FromHours(1.7));
    }

    [Fact]
    public void Gcra_WhateverIsAskedWhen_NeverLetsMoreThanTheLimitIntoAnyWindow() => Prop.ForAll(
        (from limit in Gen.Choose(1, 120) from steps in Gen.Choose(0, 5_000).ArrayOf(400) select (limit, steps)).ToArbitrary(),
        asked =>
        {
            var (gcra, window) = (Gcra.For(asked.limit, TimeSpan.FromMinutes(1)), TimeSpan.FromMinutes(1));
            var (arrival, now, taken) = (default(DateTimeOffset), Site.Time.GetUtcNow(), new List<DateTimeOffset>());
            foreach (var step in asked.steps)
            {
                now += TimeSpan.FromMilliseconds(step);
                var free = gcra.Available(arrival, now);
                if (free == 0) continue;
                var count = 1 + (step % free);
                arrival = gcra.After(arrival, now, count);
                taken.AddRange(Enumerable.Repeat(now, count));
            }

            return Most(taken, window) <= asked.limit;
        }).QuickCheckThrowOnFailure();

    private static void AssertWindows(List<DateTimeOffset> times)
    {
        Assert.InRange(Most(times, TimeSpan.FromMinutes(1)), 1, PerMinute);
        Assert.InRange(Most(times, TimeSpan.FromHours(1)), 1, PerHour);
    }

    /// <summary>In any window of that length, wherever it begins.</summary>
    private static int Most(List<DateTimeOffset> times, TimeSpan window)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= window) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private void Limit() => Sender.Rate = new(PerMinute, PerHour);

    private List<string> Enqueue(string key, int count)
    {
        var queue = Site.Storage.Queue(EmailQueue.QueueName);
        var people = new List<string>();
        for (var n = 0; n < count; n++)
        {
            var person = Site.PersonOf(a.Address());
            people.Add(person.Value);
            Queues.Put(queue.Name, Site.DueEmail(person, key));
        }

        return people;
    }
}
