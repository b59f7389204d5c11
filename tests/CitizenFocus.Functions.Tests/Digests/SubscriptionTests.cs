using System.Net;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>To begin, to want something else, to leave, to come back after all; as a visitor does.</summary>
public sealed class SubscriptionTests : DigestTest
{
    private readonly string _anna = a.Address();

    [Fact]
    public async Task Asking_TwiceWithinAnHour_SendsOneMail_AndAnotherAfterIt()
    {
        await AskAsync(_anna);
        await AskAsync(_anna, "monthly");
        await PumpAsync();
        Site.Time.Advance(TimeSpan.FromMinutes(59));
        await AskAsync(_anna);
        await PumpAsync();
        Assert.Single(Confirmations());

        Site.Time.Advance(TimeSpan.FromMinutes(2));
        await AskAsync(_anna);
        await PumpAsync();
        Assert.Equal(2, Confirmations().Count);
    }

    [Fact]
    public async Task Confirmation_HoldsNothingThatWasTyped_AndIsNoBulkMail()
    {
        await AskAsync(_anna, "weekly", "Buy now at evil.example");
        await PumpAsync();

        var mail = Assert.Single(Confirmations()).Email.Message;
        Assert.DoesNotContain("evil", mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.False(mail.IsBulk);
    }

    [Fact]
    public async Task Looking_AtAnyLink_ChangesNothing()
    {
        await AskAsync(_anna);
        await PumpAsync();
        var confirm = Assert.Single(Confirmations()).Path("/digest/confirm/");
        await LookAsync(confirm);
        Assert.Null(await SubscriberAsync(_anna));

        await Site.Client.PostAsync(confirm, null);
        var digest = await DigestAsync();
        await LookAsync(digest.Path("/digest/unsubscribe/"));
        await LookAsync(digest.Path("/digest/preferences/"));
        Assert.True((await SubscriberAsync(_anna))!.IsActive);
    }

    [Fact]
    public async Task Confirming_ASecondTime_IsHarmless_AlsoOnceTheyLeft()
    {
        await SubscribeAsync(_anna);
        var confirm = Assert.Single(Confirmations()).Path("/digest/confirm/");
        var before = await SubscriberAsync(_anna);

        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Client.PostAsync(confirm, null)).StatusCode);
        Assert.Equal(before!.ConfirmedAt, (await SubscriberAsync(_anna))!.ConfirmedAt);

        await LeaveAsync(await DigestAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Client.PostAsync(confirm, null)).StatusCode);
        Assert.False((await SubscriberAsync(_anna))!.IsActive);
    }

    [Fact]
    public async Task Unconfirmed_AfterFourteenDays_IsForgotten_AndItsLinkIsOfNoUse()
    {
        await AskAsync(_anna);
        await PumpAsync();
        var confirm = Assert.Single(Confirmations()).Path("/digest/confirm/");

        Site.Time.Advance(TimeSpan.FromDays(14));
        await Site.FireTimerAsync(ForgetSubscriptions.FunctionName);

        Assert.Empty(await Site.RowsAsync(SubscriberStore.TableName, "unconfirmed"));
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Client.PostAsync(confirm, null)).StatusCode);
        Assert.Null(await SubscriberAsync(_anna));
    }

    [Fact]
    public async Task Subscriber_WhoAsksAgain_GetsWhatTheyWantFromThenOn()
    {
        await SubscribeAsync(_anna);
        Site.Time.Advance(TimeSpan.FromHours(2));
        await SubscribeAsync(_anna, "monthly", "energy");

        Assert.Equal(("energy", DigestCadence.Monthly), (Assert.Single((await SubscriberAsync(_anna))!.Wish.Topics), (await SubscriberAsync(_anna))!.Wish.Cadence));
    }

    [Theory]
    [InlineData("not an address", "weekly")]
    [InlineData("", "weekly")]
    [InlineData("anna@example.org", "hourly")]
    public async Task Form_FilledInWrong_ComesBackWithTheError(string email, string cadence)
    {
        var response = await Site.PostFormAsync("/digest/subscriptions", ("email", email), ("cadence", cadence));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = Html.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("Error: ", page.Title);
        Assert.NotEmpty(page.QuerySelectorAll("[aria-invalid=true]"));
    }

    [Fact]
    public async Task Preferences_ByTheLinkInADigest_AreChanged()
    {
        await SubscribeAsync(_anna);
        await PublishAsync("water");
        var preferences = (await DigestAsync()).Path("/digest/preferences/");
        var form = Html.Parse(await Site.Client.GetStringAsync(preferences));
        Assert.NotNull(form.QuerySelector("input[name=topics][value=water]"));

        var response = await Site.PostFormAsync(preferences, ("topics", "water"), ("cadence", "Monthly"), ("language", "fr"));

        Assert.Equal((HttpStatusCode.SeeOther, preferences + "?saved"), (response.StatusCode, response.Headers.Location!.OriginalString));
        var wish = (await SubscriberAsync(_anna))!.Wish;
        Assert.Equal(("water", "fr", DigestCadence.Monthly), (Assert.Single(wish.Topics), wish.Language, wish.Cadence));
    }

    [Fact]
    public async Task OneClick_AsRfc8058HasIt_LeavesAtOnceWithoutARedirect_AndCanBeUndone()
    {
        await SubscribeAsync(_anna);
        var digest = await DigestAsync();
        var url = digest.Email.Message.UnsubscribeUrl!.AbsolutePath;

        var response = await Site.PostFormAsync(url, ("List-Unsubscribe", "One-Click"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False((await SubscriberAsync(_anna))!.IsActive);

        var undone = await Site.Client.PostAsync(url + "/undo", null);
        Assert.StartsWith("/digest/preferences/", undone.Headers.Location!.OriginalString);
        Assert.True((await SubscriberAsync(_anna))!.IsActive);
        Assert.Equal(HttpStatusCode.OK, (await Site.Client.GetAsync(undone.Headers.Location)).StatusCode);
    }

    [Fact]
    public async Task Leaving_ByThePagesButton_HoldsForNextMonday_AndAReasonIsKept()
    {
        await SubscribeAsync(_anna);
        var url = (await DigestAsync()).Path("/digest/unsubscribe/");
        var button = Assert.Single(Html.Parse(await Site.Client.GetStringAsync(url)).QuerySelectorAll("form button"));
        Assert.Equal("Unsubscribe", button.TextContent);

        await LeaveAsync(await LastAsync());
        await Site.PostFormAsync(url, ("reason", "Too many commitments."));
        await PublishAsync();
        await MondayAsync();
        await PumpAsync();

        Assert.Single(DigestsTo(_anna));
        var row = Assert.Single(await Site.RowsAsync(SubscriberStore.TableName, Site.PersonOf(_anna).Shard), row => row.RowKey == Site.PersonOf(_anna).Value);
        Assert.Equal("Too many commitments.", row.GetString("LeaveReason"));
    }

    [Fact]
    public async Task WhoLeft_AfterThirtyDays_IsForgotten()
    {
        await SubscribeAsync(_anna);
        await LeaveAsync(await DigestAsync());
        Site.Time.Advance(TimeSpan.FromDays(31));

        await Site.FireTimerAsync(ForgetSubscriptions.FunctionName);

        Assert.Null(await SubscriberAsync(_anna));
    }

    [Fact]
    public async Task WhoLeftAllMail_AndSubscribesAndConfirms_GetsTheDigest()
    {
        await Site.Services.GetRequiredService<Suppressions>().AddAsync(Site.PersonOf(_anna), SuppressionCause.Unsubscribed, default);
        await SubscribeAsync(_anna);

        Assert.NotNull(await DigestAsync());
    }

    [Theory]
    [InlineData("/digest/confirm/")]
    [InlineData("/digest/unsubscribe/")]
    [InlineData("/digest/preferences/")]
    public async Task Link_ThatIsForged_IsOfNoUse(string begin)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Client.GetAsync(begin + "forged")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Site.Client.PostAsync(begin + "forged", null)).StatusCode);
    }

    [Fact]
    public async Task Robot_WithThreeThousandAddresses_GetsAFewAMinute_FromAllItsClientsTogether()
    {
        await using var site = await Site.StartAsync(null, ("Site:TrustedClientAddressHeader", "X-Client"));
        var taken = 0;
        for (var n = 0; n < 3_000; n++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/digest/subscriptions")
            {
                Headers = { { "X-Client", $"192.0.2.{n % 250}" } },
                Content = new FormUrlEncodedContent([KeyValuePair.Create("email", $"p{n}@example.org")]),
            };
            if ((await site.Client.SendAsync(request)).StatusCode == HttpStatusCode.SeeOther) taken++;
        }

        Assert.Equal(new DigestOptions().SubscriptionsPerNetworkAndMinute, taken);
    }

    private List<SentDigest> Confirmations() => [.. Sender.Taken.Where(sent => sent.Key.StartsWith(SubscriptionEmails.Kind, StringComparison.Ordinal))];

    private async Task LookAsync(string path) => Assert.Equal(HttpStatusCode.OK, (await Site.Client.GetAsync(path)).StatusCode);

    private async Task<SentDigest> DigestAsync()
    {
        await PublishAsync();
        await MondayAsync();
        await PumpAsync();
        return await LastAsync();
    }

    private Task<SentDigest> LastAsync() => Task.FromResult(DigestsTo(_anna)[^1]);

    private async Task LeaveAsync(SentDigest digest) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Client.PostAsync(digest.Path("/digest/unsubscribe/"), null)).StatusCode);
}
