using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>An attempt without an answer is never taken for failed; what becomes of it is the provider's rule, and stands in the row.</summary>
public sealed class SettleUnknownTests : SendingTest
{
    private static readonly SendOutcome TimeOut = new SendOutcome.Unknown("time-out");

    [Fact]
    public async Task Unknown_WhereARepeatIsTheSameMail_IsSentAgainWithTheSameProviderOnly()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.Repeat);
        Sender.Answers(new SendOutcome.Later(null, "no connection"));
        await RunForAsync(FakeSender.LeaseTime);

        // Not the second, which would not know it for the same; and it still may have been sent at the first attempt.
        Assert.Equal((0, DeliveryState.Unknown), (Second.Calls, (await RowAsync()).State));

        Sender.Answers(null);
        await RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((0, DeliveryState.Accepted), (Second.Calls, (await RowAsync()).State));
        Assert.Single(Sender.Accepted);
    }

    [Fact]
    public async Task Unknown_WhereTheProviderCanBeAskedAndHasIt_IsAcceptedWithoutASecondCall()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AskThenRepeat);
        Sender.Knows = () => new SendOutcome.Accepted("operation");

        await RunForAsync(FakeSender.LeaseTime);

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, "operation", 1), (row.State, row.ProviderId, Sender.Calls));
    }

    [Fact]
    public async Task Unknown_WhereTheProviderCanBeAskedAndRefusedIt_IsRefused()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AskThenRepeat);
        Sender.Knows = () => new SendOutcome.Refused("EmailDroppedAllRecipientsSuppressed");

        await RunForAsync(FakeSender.LeaseTime);

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Refused, "EmailDroppedAllRecipientsSuppressed", 1), (row.State, row.Reason, Sender.Calls));
    }

    [Fact]
    public async Task Unknown_WhereTheProviderKnowsOfNone_IsSentAgain()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AskThenRepeat);
        Sender.Answers(null);

        await RunForAsync(FakeSender.LeaseTime);

        Assert.Equal((DeliveryState.Accepted, 2, 0), ((await RowAsync()).State, Sender.Calls, Second.Calls));
    }

    [Fact]
    public async Task Unknown_WhereTheProviderCannotBeAsked_WaitsAndAsksAgain()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AskThenRepeat);
        Sender.Knows = () => TimeOut;
        await RunForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((DeliveryState.Unknown, 1), ((await RowAsync()).State, Sender.Calls));

        Sender.Knows = () => new SendOutcome.Accepted("operation");
        await RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((DeliveryState.Accepted, 1), ((await RowAsync()).State, Sender.Calls));
    }

    [Fact]
    public async Task Unknown_WhereReportsCome_IsNotSentAgainBeforeTheDeadline()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AwaitReport);
        Sender.Answers(null);
        await RunForAsync(FakeSender.Deadline - TimeSpan.FromSeconds(1));
        Assert.Equal((DeliveryState.Unknown, 1), ((await RowAsync()).State, Sender.Calls));

        await RunForAsync(TimeSpan.FromSeconds(2));

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, 2), (row.State, Sender.Calls));
        Assert.Contains("no delivery report came by the deadline", row.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_ThatAReportSettles_IsAcceptedWithoutASecondCall()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.AwaitReport);
        await Site.Services.GetRequiredService<SendLedger>().ReportAsync(
            Site.PersonOf(Address), DeliveryKey.Parse("test|one"), row => row with { Report = DeliveryReportState.Delivered, ReportedAt = Site.Time.GetUtcNow() }, default);

        await RunForAsync(FakeSender.Deadline);

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Delivered, 1), (row.State, row.Report, Sender.Calls));
    }

    [Fact]
    public async Task Report_ThatComesBeforeOurOwnAccepted_IsKeptByIt()
    {
        Sender.Answer = async () =>
        {
            await Site.Services.GetRequiredService<SendLedger>().ReportAsync(
                Site.PersonOf(Address), DeliveryKey.Parse("test|one"), row => row with { Report = DeliveryReportState.Delivered }, default);
            return new SendOutcome.Accepted("id");
        };

        await SendAsync();

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Delivered), (row.State, row.Report));
    }

    [Theory]
    [InlineData("test", "Accepted", 2)]
    [InlineData("bulk", "Unknown", 1)]
    public async Task Unknown_WhereNothingTells_IsSentAgainIfTransactionalAndLeftIfBulk(string kind, string state, int calls)
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.ByClass, $"{kind}|one");
        Sender.Answers(null);

        await RunForAsync(TimeSpan.FromHours(1));

        var row = await RowAsync();
        Assert.Equal((state, calls), (row.State.ToString(), Sender.Calls));
        Assert.NotNull(row.Decision);
    }

    [Fact]
    public async Task NoLongerApplying_AfterADoubtfulAttemptAndOneThatWasNotTaken_IsNotWrittenDownAsNotSent()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.ByClass);
        Sender.Answers(new SendOutcome.Later(null, "no connection"));
        Second.Answers(new SendOutcome.Later(null, "no connection"));
        await RunForAsync(FakeSender.LeaseTime);
        Composer.Answer = new Composition.Skip("over");

        await RunForAsync(TimeSpan.FromHours(1));

        Assert.Equal(DeliveryState.Unknown, (await RowAsync()).State);
    }

    [Theory]
    [InlineData("ByClass", 3)]
    [InlineData("AwaitReport", 6)]
    public async Task Provider_ThatNeverAnswers_IsNotAskedForEver(string settlement, int calls)
    {
        await LeaveWithoutAnswerAsync(Enum.Parse<UnknownSettlement>(settlement));

        await RunForAsync(TimeSpan.FromDays(7));

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Unknown, true, calls), (row.State, row.IsSettled, Sender.Calls));
        Assert.StartsWith("Left: ", row.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoLongerApplying_AfterAnAttemptWithoutAnAnswer_IsNotWrittenDownAsNotSent()
    {
        await LeaveWithoutAnswerAsync(UnknownSettlement.Repeat);
        Composer.Answer = new Composition.Skip("over");

        await RunForAsync(FakeSender.LeaseTime);

        var row = await RowAsync();
        Assert.Equal((DeliveryState.Unknown, 1, true), (row.State, row.Attempt, row.IsSettled));
        Assert.EndsWith("over", row.Decision, StringComparison.Ordinal);
    }

    private async Task LeaveWithoutAnswerAsync(UnknownSettlement settlement, string key = "test|one")
    {
        Sender.Settlement = settlement;
        Sender.Answers(TimeOut);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(key));
        Assert.Equal(DeliveryState.Unknown, (await RowAsync()).State);
        Assert.Equal(0, Second.Calls);
    }
}
