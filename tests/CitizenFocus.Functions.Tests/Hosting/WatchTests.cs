using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Hosting;

/// <summary>What the watch says, by the words that alerts listen for; and that it says nothing where all goes well.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Watch_WhereAllGoesWell_SaysOnlyThatItWasThere()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        await site.RegisterAsync(webinar, "anna@city.example");
        await site.SettleAsync(webinar);
        site.Time.Advance(TimeSpan.FromMinutes(14));
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Contains("watch=done", site.Log.ToString());
        Assert.DoesNotContain("trouble=", site.Log.ToString());
    }

    [Fact]
    public async Task PoisonQueue_ThatHoldsSomething_IsNamed()
    {
        await using var site = await Site.StartAsync();

        // The Functions host makes this one.
        var queue = site.Storage.Queue("webinars-poison");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("{}");
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Matches("Warning: 1 messages lie in webinars-poison. trouble=message-poisoned", site.Log.ToString());
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(16, true)]
    public async Task Queue_WhoseFrontHasBeenDueForLong_IsBehind(int minutes, bool isBehind)
    {
        await using var site = await Site.StartAsync();
        var message = new JsonObject { ["webinar"] = "a-talk", ["visibleAt"] = site.Time.GetUtcNow().ToUnixTimeSeconds() };
        await site.Storage.Queue("webinars").SendMessageAsync(message.ToJsonString());
        site.Time.Advance(TimeSpan.FromMinutes(minutes));
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Equal(isBehind, site.Log.ToString().Contains("queue webinars has been due for 16 minutes. trouble=queue-behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registration_WithoutAnAnswerForLong_IsSaidUntilItHasOne()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync();
        await site.RegisterAsync(webinar, "anna@city.example");
        site.Time.Advance(TimeSpan.FromMinutes(9));
        await site.FireTimerAsync(WatchSite.FunctionName);
        Assert.DoesNotContain("trouble=webinar-not-advanced", site.Log.ToString());

        site.Time.Advance(TimeSpan.FromMinutes(2));
        await site.FireTimerAsync(WatchSite.FunctionName);
        await site.SettleAsync(webinar);
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Single(Lines(site), line => line.Contains($"waited 11 minutes for an answer to their registration for {webinar.Slug}. trouble=webinar-not-advanced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pause_OfAllSending_IsSaid()
    {
        await using var site = await Site.StartAsync();
        var answer = await site.SendJsonAsync(HttpMethod.Post, "/api/email/pause", """{"reason":"A wrong mail"}""", Site.AsOrganiser);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        site.Time.Advance(TimeSpan.FromHours(3));
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Contains("paused for 3 hours. trouble=sending-paused", site.Log.ToString());
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(6, true)]
    public async Task Provider_ThatTakesNothingForMinutes_IsDown(int minutes, bool isDown)
    {
        await using var site = await Site.StartAsync();
        var control = site.Services.GetRequiredService<SendingControl>();
        await control.FailedAsync(control.Senders[0], "no connection", TimeSpan.FromMinutes(10), isForUs: false, default);
        site.Time.Advance(TimeSpan.FromMinutes(minutes));
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Equal(isDown, site.Log.ToString().Contains("trouble=provider-down", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(20, true)]
    public async Task Limits_ForWhichTransactionalMailWaits_AreNearTheirEnd(int messages, bool isNear)
    {
        await using var site = await Site.StartAsync(null, ("Email:MessagesPerMinute", "2"));
        var (quota, sender) = (site.Services.GetRequiredService<SendingQuota>(), site.Services.GetRequiredService<SendingControl>().Senders[0]);
        for (var message = 0; message < messages; message++) await quota.TakeAsync(sender, isBulk: false, 1, hasTurn: false, default);
        await site.FireTimerAsync(WatchSite.FunctionName);

        Assert.Equal(isNear, site.Log.ToString().Contains("trouble=quota-near-end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_ThatFails_KeepsNoOtherFromLookingAndTheHeartbeatOut()
    {
        await using var site = await Site.StartAsync(services => services.AddSingleton<IWatch>(new BrokenWatch()).AddSingleton<IWatch, LastWatch>());
        var answer = await site.PostEnvelopeAsync(WatchSite.FunctionName, """{"Data":{"timer":{}},"Metadata":{}}""");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.True(site.Services.GetServices<IWatch>().OfType<LastWatch>().Single().HasLooked);
        Assert.DoesNotContain("watch=done", site.Log.ToString());
        Assert.Contains("trouble=function-failed", site.Log.ToString());
    }

    private static string[] Lines(Site site) => site.Log.ToString().Split(Environment.NewLine);

    private sealed class BrokenWatch : IWatch
    {
        public Task LookAsync(CancellationToken cancellationToken) => throw new InjectedFault();
    }

    private sealed class LastWatch : IWatch
    {
        public bool HasLooked { get; private set; }

        public Task LookAsync(CancellationToken cancellationToken)
        {
            HasLooked = true;
            return Task.CompletedTask;
        }
    }
}
