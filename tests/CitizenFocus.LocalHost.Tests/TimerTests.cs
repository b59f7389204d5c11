using System.Text.RegularExpressions;
using CitizenFocus.LocalHost.Tests.Support;
using CitizenFocus.LocalHost.Timers;
using CitizenFocus.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.LocalHost.Tests;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 13, 4, 30, TimeSpan.Zero);

    [Fact]
    public async Task Timer_Due_ArrivesInTheHostsEnvelope()
    {
        var time = new FakeTimeProvider(Start);
        await using var host = await StubHost.StartAsync(Hourly, time);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await host.InvocationsAsync());

        time.Advance(TimeSpan.FromSeconds(1));
        var invocation = Assert.Single(await host.InvocationsAsync(1));
        Assert.Equal("POST /Tick", invocation.RequestLine);
        Assert.Contains("Content-Type: application/json; charset=utf-8", invocation.Headers);
        Assert.Contains("Transfer-Encoding: chunked", invocation.Headers);
        Assert.Equal(
            """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00","Next":"2026-11-22T13:05:00+00:00","LastUpdated":"2026-11-22T13:04:30+00:00"},"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"Tick","UtcNow":"2026-11-22T13:05:00Z","RandGuid":""}}}""",
            Regex.Replace(invocation.Body, "[0-9a-f]{8}-[0-9a-f-]{27}", ""));
    }

    [Fact]
    public async Task Timer_MissedWhileTheHostWasDown_FiresOncePastDue()
    {
        var data = Directory.CreateTempSubdirectory("localhost-");
        await using (await StubHost.StartAsync(Hourly, new FakeTimeProvider(Start), data.FullName))
        {
        }

        await using (var host = await StubHost.StartAsync(Hourly, new FakeTimeProvider(Start.AddHours(3)), data.FullName))
        {
            var invocation = Assert.Single(await host.InvocationsAsync(1));
            Assert.True(invocation.Data["timer"]!["IsPastDue"]!.GetValue<bool>());
            Assert.Equal("2026-11-22T13:05:00+00:00", invocation.Data["timer"]!["ScheduleStatus"]!["Next"]!.GetValue<string>());
        }

        // Nothing was missed between this start and the last.
        await using (var host = await StubHost.StartAsync(Hourly, new FakeTimeProvider(Start.AddHours(3).AddSeconds(5)), data.FullName))
        {
            Assert.Empty(await host.InvocationsAsync());
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Timer_SleptThrough_IsPastDueAndThenOnTimeAgain()
    {
        var time = new FakeTimeProvider(Start);
        await using var host = await StubHost.StartAsync(Hourly, time);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.True(Assert.Single(await host.InvocationsAsync(1)).Data["timer"]!["IsPastDue"]!.GetValue<bool>());

        await NextIsKeptAsync(host, "2026-11-22T14:05:00+00:00");
        while (time.GetUtcNow() < new DateTimeOffset(2026, 11, 22, 14, 5, 0, TimeSpan.Zero))
        {
            time.Advance(TimeSpan.FromSeconds(30));
        }

        var second = (await Eventually.Async(
            async () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                return await host.InvocationsAsync();
            },
            invocations => invocations.Count == 2))[1];
        Assert.False(second.Data["timer"]!["IsPastDue"]!.GetValue<bool>());
        Assert.Equal("2026-11-22T13:34:30+00:00", second.Data["timer"]!["ScheduleStatus"]!["Last"]!.GetValue<string>());
    }

    [Fact]
    public async Task Timer_ThatFails_IsNotRepeated()
    {
        var time = new FakeTimeProvider(Start);
        // The app has ended for good: every invocation fails.
        await using var host = await StubHost.StartAsync(Hourly, time);
        await host.Client.GetAsync("/do/exit/0");
        time.Advance(TimeSpan.FromSeconds(30));

        await NextIsKeptAsync(host, "2026-11-22T14:05:00+00:00");
        Assert.Equal(1, Regex.Count(host.Log.Text, "Tick failed"));
    }

    [Theory]
    [InlineData("0 */5 * * * *", "2026-11-22T13:05:00Z")]
    [InlineData("30 4 13 * * *", "2026-11-23T13:04:30Z")]
    [InlineData("0 0 6 * * 1", "2026-11-23T06:00:00Z")]
    [InlineData("0 0 6 * * Mon", "2026-11-23T06:00:00Z")]
    [InlineData("*/5 * * * *", "2026-11-22T13:05:00Z")]
    public void Schedule_Ncrontab_IsUtc(string expression, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), new TimerSchedule("Tick", expression).NextAfter(Start));

    [Theory]
    [InlineData("every day")]
    [InlineData("0 0 25 * * *")]
    [InlineData("* * *")]
    public void Schedule_Broken_NamesTheFunction(string expression) =>
        Assert.Contains("Tick/function.json", Assert.Throws<LocalHostException>(() => new TimerSchedule("Tick", expression)).Message);

    [Fact]
    public void Schedule_ChangedSinceItWasKept_IsReckonedAnew()
    {
        var kept = new TimerSchedule("Tick", "0 0 * * * *").After(Start.AddHours(-5));
        Assert.Equal(Start.AddSeconds(30), new TimerSchedule("Tick", "0 5 * * * *").Resume(kept, Start).Next);
    }

    [Fact]
    public void Schedule_MoreOftenThanAMinute_IsNotWatched()
    {
        Assert.False(new TimerSchedule("Tick", "*/20 * * * * *").IsWatched(Start));
        Assert.True(new TimerSchedule("Tick", "0 * * * * *").IsWatched(Start));
    }

    private static Dictionary<string, string> Hourly => new() { ["TickSchedule"] = "0 5 * * * *" };

    private static Task NextIsKeptAsync(StubHost host, string next) => Eventually.Async(
        async () => await File.ReadAllTextAsync(Path.Combine(host.Data, "timers.json")),
        json => json.Contains($"\"next\": \"{next.Replace("+", "\\u002B")}\"") || json.Contains($"\"next\": \"{next}\""));
}
