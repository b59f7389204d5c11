using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>The ledger: one mail once, whatever comes twice or dies.</summary>
public sealed class SendEmailTests : SendingTest
{
    [Fact]
    public async Task Message_DeliveredTwiceAndAtOnce_IsSentOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync()));
        Site.Time.Advance(FakeSender.LeaseTime * 2);
        await SendAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(1, Sender.Calls);
        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, 1, "fake", "id"), (row.State, row.Attempt, row.Provider, row.ProviderId));
    }

    [Theory]
    [InlineData("Repeat")]
    [InlineData("AskThenRepeat")]
    [InlineData("AwaitReport")]
    [InlineData("ByClass")]
    public async Task Process_ThatDiesBeforeOrAfterAnyCall_LosesNothingAndRepeatsOnlyByTheProvidersRule(string settlement)
    {
        Sender.Settlement = Enum.Parse<UnknownSettlement>(settlement);
        var cases = 0;
        for (var dies = 1; ; dies++)
        {
            var died = 0;
            foreach (var isAfterTheCall in new[] { false, true })
            {
                var address = a.Address($"n{dies}x");
                var message = Site.DueEmail(Site.PersonOf(address), "test|one");
                (Sender.Calls, cases) = (0, cases + 1);
                Sender.Knows = () => Sender.Calls > 0 ? new SendOutcome.Accepted("known") : null;
                Site.Calls.Disturb = StorageCalls.CrashAt(dies, isAfterTheCall);
                if (await DeliverAsync(message) != HttpStatusCode.OK) died++;
                Site.Calls.Disturb = null;

                // The host delivers it again, and again once the lease is over.
                await DeliverAsync(message);
                await RunForAsync(FakeSender.Deadline + FakeSender.LeaseTime + FakeSender.LeaseTime);
                await DeliverAsync(message);

                var row = Assert.Single(await Site.DeliveriesAsync(address));
                Assert.True(row.State == DeliveryState.Accepted, $"{row.State} after {Sender.Calls} calls: {row.Reason} {row.Decision}");
                var most = Sender.Settlement == UnknownSettlement.AskThenRepeat ? 1 : 2;
                Assert.InRange(Sender.Calls, Sender.Settlement == UnknownSettlement.AskThenRepeat && row.Decision is not null ? 0 : 1, most);
                if (Sender.Calls == 2) Assert.StartsWith("Sent again", row.Decision, StringComparison.Ordinal);
            }

            if (died == 0) break;
        }

        Assert.InRange(cases, 8, 30);
    }

    [Fact]
    public async Task Lease_Alive_PutsTheMessageBackForLater()
    {
        Sender.Answer = async () =>
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync());
            return new SendOutcome.Accepted("id");
        };

        await SendAsync();

        Assert.Equal((1, Site.Time.GetUtcNow() + FakeSender.LeaseTime + TimeSpan.FromSeconds(1)), (Sender.Calls, Queues.NextDue));
    }

    [Fact]
    public async Task Lease_Expired_IsTakenOverAndTheFirstHoldersWordNoLongerCounts()
    {
        Sender.Answer = async () =>
        {
            if (Sender.Calls > 1) return new SendOutcome.Accepted("second");
            Site.Time.Advance(FakeSender.LeaseTime + TimeSpan.FromSeconds(1));
            await SendAsync();
            return new SendOutcome.Refused("too late to say");
        };

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, 2, "second"), (row.State, row.Attempt, row.ProviderId));
    }

    [Fact]
    public async Task Refused_IsForGood()
    {
        Sender.Answers(new SendOutcome.Refused("no such mailbox"));

        await SendAsync();
        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((1, 0, DeliveryState.Refused, "no such mailbox"), (Sender.Calls, Second.Calls, row.State, row.Reason));
    }

    [Fact]
    public async Task NoLongerApplying_NeverTried_IsSkippedWithItsReasonAndJudgedAgainWhenAskedForAgain()
    {
        Composer.Answer = new Composition.Skip("over");
        await SendAsync();
        var row = await RowAsync();
        Assert.Equal((DeliveryState.Skipped, "over", 0), (row.State, row.Reason, row.Attempt));

        Composer.Answer = null;
        await SendAsync();

        Assert.Equal(DeliveryState.Accepted, (await RowAsync()).State);
    }

    [Fact]
    public async Task NobodyToWriteTo_LeavesNoRow()
    {
        Composer.Answer = new Composition.Nothing();

        await SendAsync();

        Assert.Empty(await Site.DeliveriesAsync(Address));
    }

    [Theory]
    [InlineData(SuppressionCause.Unsubscribed, "test", true)]
    [InlineData(SuppressionCause.Unsubscribed, "bulk", false)]
    [InlineData(SuppressionCause.SoftBounced, "test", false)]
    [InlineData(SuppressionCause.Bounced, "test", false)]
    [InlineData(SuppressionCause.Complained, "bulk", false)]
    [InlineData(SuppressionCause.Erased, "test", false)]
    internal async Task Suppressed_GetsNothingButWhatWasAskedForByWhoUnsubscribed(SuppressionCause cause, string kind, bool isSent)
    {
        await Site.Services.GetRequiredService<Suppressions>().AddAsync(Site.PersonOf(Address), cause, default);

        await SendAsync($"{kind}|one");

        Assert.Equal((isSent ? DeliveryState.Accepted : DeliveryState.Skipped, isSent ? 1 : 0), ((await RowAsync()).State, Sender.Calls));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("""{"person":"nobody","key":"test|one"}""")]
    public async Task Message_ThatIsNoneOfOurs_FailsAndEndsAmongThePoisonous(string message) =>
        Assert.Equal(HttpStatusCode.InternalServerError, await DeliverAsync(message));
}
