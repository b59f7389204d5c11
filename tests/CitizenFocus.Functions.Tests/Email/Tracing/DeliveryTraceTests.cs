using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Email.Reports;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Tracing;

/// <summary>"Why did she not get it?": asked as an organiser does.</summary>
public sealed class DeliveryTraceTests(ReportsFixture reports) : IClassFixture<ReportsFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Site _site = reports.Site;
    private readonly string _address = a.Address();

    public static TheoryData<string, string> Sentences => new()
    {
        { "Sending alive", "Is being handed to sendgrid now; what became of it is known by 2026-09-01 12:05 UTC." },
        { "Sending expired", "Will be settled within minutes: the sender stopped before it knew the provider's answer." },
        { "Sending expired paused", "Sending is paused by an organiser: restored" },
        { "Later due", "Is sent within minutes: its turn has come." },
        { "Later", "Is tried again at 2026-09-01 12:05 UTC." },
        { "Later limits", "Waits for its turn at the provider's limits, until 2026-09-01 12:05 UTC." },
        { "Later paused", "Sending is paused by an organiser: restored" },
        { "Later suppressed", "Will not be sent when its turn comes: the address is suppressed (mail came back for good)." },
        { "Accepted", "Waits for the provider's report of its delivery." },
        { "Accepted smtp", "Nothing: the provider has it, and reports no more." },
        { "Refused", "Nothing will happen by itself: the provider refused it for good. Send it again once the cause is gone." },
        { "Failed", "Nothing will happen by itself: send it again." },
        { "Skipped", "Nothing: it did not apply any more when its turn came." },
        { "Skipped suppressed", "Nothing will happen by itself: lift the suppression, and send it again." },
        { "Skipped lifted", "Nothing will happen by itself: the suppression has gone since. Send it again." },
        { "Unknown", "Will be settled at 2026-09-01 12:05 UTC: until then a report may show that it was accepted." },
        { "Unknown due", "Will be settled within minutes: no answer came from the provider." },
        { "Unknown left", "Nothing will happen by itself: whether it was sent is not known. Send it again if a second one does less harm than none." },
        { "Unknown Processed", "Waits for the provider's report of its delivery." },
        { "Accepted Deferred", "The provider tries again by itself: the receiving server asked it to." },
        { "Accepted Delivered", "Nothing: it was delivered." },
        { "Accepted Opened", "Nothing: it was delivered." },
        { "Unknown Clicked", "Nothing: it was delivered." },
        { "Accepted Unsubscribed", "Nothing: the person left, and gets no more mail that goes to many." },
        { "Accepted SoftBounced", "Nothing will happen by itself: it came back for the moment. Later mails are tried." },
        { "Accepted Bounced", "Nothing will happen by itself: it came back for good, or the provider drops mail to this address. Ask the person for another one." },
        { "Accepted Complained", "Nothing: the person marked it as spam, and gets no more mail." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void NextStep_OfEachState_IsASentence(string situation, string sentence)
    {
        var words = situation.Split(' ');
        var state = Enum.Parse<DeliveryState>(words[0]);
        var isDue = words.Contains("due");
        var row = new Delivery
        {
            Person = _site.PersonOf(_address),
            Key = DeliveryKey.Parse("test|one"),
            State = state,
            Attempt = 1,
            Provider = words.Contains("smtp") ? EmailProviders.Smtp : EmailProviders.SendGrid,
            Reason = words.Contains("limits") ? "Waits for sendgrid, whose limits are used up." : state == DeliveryState.Skipped && words.Length > 1 ? "The address is suppressed: x." : "over",
            LeaseUntil = state == DeliveryState.Sending ? Now.AddMinutes(words.Contains("alive") ? 5 : -5) : null,
            DueAt = state is DeliveryState.Later or DeliveryState.Unknown && !words.Contains("left") ? Now.AddMinutes(isDue ? -5 : 5) : null,
            Report = words.Length > 1 && Enum.TryParse<DeliveryReportState>(words[1], out var report) ? report : null,
            CreatedAt = Now,
            UpdatedAt = Now,
            OperationId = "test",
        };
        var suppression = words.Contains("suppressed") ? Suppression.None with { Causes = new Dictionary<SuppressionCause, DateTimeOffset> { [SuppressionCause.Bounced] = Now } } : null;

        Assert.Equal(sentence, NextStep.Of(row, isBulk: false, words.Contains("paused") ? new Pause("restored", Now) : null, suppression, Now).Sentence);
    }

    [Fact]
    public void NextStep_OfEveryStateAndReport_IsShown()
    {
        var shown = Sentences.Select(row => (string)row[0]).ToList();

        Assert.All(Enum.GetNames<DeliveryState>(), state => Assert.Contains(shown, situation => situation.StartsWith(state, StringComparison.Ordinal)));
        Assert.All(Enum.GetNames<DeliveryReportState>(), report => Assert.Contains(shown, situation => situation.EndsWith(report, StringComparison.Ordinal)));
        Assert.All(Enum.GetValues<CitizenFocus.Functions.Email.Reports.DeliveryEventKind>(), kind => Assert.NotEmpty(TraceWords.OfEvent(kind)));
        Assert.All(Enum.GetValues<DeliveryState>(), state => Assert.NotEmpty(TraceWords.OfState(state)));
    }

    [Fact]
    public async Task Person_WithMails_IsTracedWithEventsAndSuppressionAndWithoutTheAddress()
    {
        await reports.SendAsync(_address);
        await reports.PostAsync(
            reports.Event(_address, "processed", at: reports.Now.AddSeconds(1)),
            reports.Event(_address, "delivered", at: reports.Now.AddSeconds(10)),
            reports.Event(_address, "open", at: reports.Now.AddSeconds(11)),
            reports.Event(_address, "unsubscribe", at: reports.Now.AddHours(1)));
        _site.Time.Advance(TimeSpan.FromMinutes(1));
        await reports.SendAsync(_address, "bulk|two");

        var (status, body) = await TraceAsync(new() { ["email"] = _address });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((_site.PersonOf(_address).Value, "toMany"), ((string?)body["person"], (string?)body["suppression"]!["suppressed"]));
        var (bulk, test) = (body["emails"]![0]!, body["emails"]![1]!);
        Assert.Equal(("bulk|two", "Bulk", "not sent", "The address is suppressed: unsubscribed."), ((string?)bulk["key"], (string?)bulk["kind"], (string?)bulk["state"], (string?)bulk["answer"]));
        Assert.Equal(("unsubscribed", 1, "sendgrid", "id"), ((string?)test["state"], (int)test["attempts"]!, (string?)test["provider"], (string?)test["providerId"]));
        Assert.Equal(["taken on by the provider", "delivered", "opened", "unsubscribed"], test["events"]!.AsArray().Select(e => (string?)e!["what"]));
        Assert.Equal("within seconds of the delivery", (string?)test["events"]![2]!["machine"]);
        Assert.DoesNotContain('@', body.ToJsonString());
        Assert.Equal(body.ToJsonString(), (await TraceAsync(new() { ["person"] = _site.PersonOf(_address).Value })).Body.ToJsonString());
    }

    [Fact]
    public async Task Person_OfWhomNothingIsKnown_HasAnEmptyTraceOfTheSameShape()
    {
        var (status, body) = await TraceAsync(new() { ["email"] = _address });

        Assert.Equal((HttpStatusCode.OK, _site.PersonOf(_address).Value, 0, "none"), (status, (string?)body["person"], body["emails"]!.AsArray().Count, (string?)body["suppression"]!["suppressed"]));
    }

    [Fact]
    public async Task Mail_ThatWaits_SaysForWhat()
    {
        reports.Sender.Rate = new(1, null);
        await reports.SendAsync(a.Address());
        await reports.SendAsync(_address);
        var limited = await NextStepAsync();
        reports.Sender.Rate = SendingRate.Unlimited;

        var sending = _site.Services.GetRequiredService<SendingSwitch>();
        await sending.PauseAsync("We moved house.", default);
        var paused = await NextStepAsync();
        await sending.ResumeAsync(default);

        Assert.StartsWith("Waits for its turn at the provider's limits, until ", limited, StringComparison.Ordinal);
        Assert.Equal("Sending is paused by an organiser: We moved house.", paused);
    }

    private async Task<string?> NextStepAsync() => (string?)Assert.Single((await TraceAsync(new() { ["email"] = _address })).Body["emails"]!.AsArray())!["nextStep"];

    private async Task<(HttpStatusCode Status, JsonNode Body)> TraceAsync(JsonObject asked)
    {
        var (status, body) = await reports.AskAsync("/api/email/trace", asked);
        return (status, body!);
    }
}
