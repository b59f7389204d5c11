using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Reports;

public sealed class TakeDeliveryReportTests(ReportsFixture reports) : IClassFixture<ReportsFixture>
{
    private const string Sent = "2026-09-01T12:00:05.1234567Z";

    private readonly Site _site = reports.Site;
    private readonly string _address = a.Address();
    private readonly string _operation = Guid.NewGuid().ToString("D");

    [Theory]
    [InlineData("Delivered", "Delivered", "")]
    [InlineData("Expanded", "Delivered", "")]
    [InlineData("Bounced", "Bounced", "Bounced")]
    [InlineData("Suppressed", "Bounced", "Bounced")]
    [InlineData("Failed", "SoftBounced", "")]
    [InlineData("FilteredSpam", "Bounced", "")]
    [InlineData("Quarantined", "Bounced", "")]
    public async Task Status_OfEachKind_MovesTheRowAndSuppressesWhereMailCameBackForGood(string status, string report, string causes)
    {
        await AddAsync();

        await TakeAsync(Delivery(status));

        var row = await reports.RowAsync(_address);
        Assert.Equal((report, DateTimeOffset.Parse(Sent, null)), (row.Report.ToString(), row.ReportedAt!.Value));
        Assert.Equal(report == "Delivered" ? null : $"{status}. mailbox of (address) at (host)", row.ReportReason);
        Assert.Equal(causes, string.Join(',', await reports.CausesAsync(_address)));
    }

    [Theory]
    [InlineData("Suppressed", false)]
    [InlineData("View", true)]
    [InlineData("click", true)]
    public async Task Event_Repeated_IsTakenOnce(string kind, bool isEngagement)
    {
        await AddAsync();
        var sent = isEngagement ? Engagement(kind) : Delivery(kind);
        await TakeAsync(sent);
        var before = await _site.SnapshotAsync();

        await TakeAsync(sent);
        await TakeAsync(new JsonArray(sent.DeepClone(), sent.DeepClone()));

        Assert.Equal(before, await _site.SnapshotAsync());
        Assert.Equal(1, before.Count(row => row.StartsWith($"{DeliveryEvents.TableName} {_site.PersonOf(_address)}", StringComparison.Ordinal)));
        Assert.Equal(kind switch { "View" => DeliveryReportState.Opened, "click" => DeliveryReportState.Clicked, _ => DeliveryReportState.Bounced }, (await reports.RowAsync(_address)).Report);
    }

    [Fact]
    public async Task Events_InAnArrayOrAsCloudEvents_AreTaken()
    {
        await AddAsync();
        var cloud = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = "cloud-1",
            ["source"] = "/subscriptions/x",
            ["type"] = "Microsoft.Communication.EmailDeliveryReportReceived",
            ["time"] = Sent,
            ["data"] = Delivery("Delivered")["data"]!.DeepClone(),
        };

        await TakeAsync(new JsonArray(cloud, Engagement("view")));

        Assert.Equal(["Delivered", "Opened"], (await reports.EventsAsync(_address)).Select(e => e.GetString("Kind")).Order());
        Assert.Equal(DeliveryReportState.Opened, (await reports.RowAsync(_address)).Report);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("[null,1,{}]")]
    [InlineData("""{"id":"x","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"x"}}""")]
    [InlineData("""{"id":"x","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"no guid","status":"Delivered","deliveryAttemptTimeStamp":"2026-09-01T12:00:00Z"}}""")]
    [InlineData("""{"id":"x","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"6a0e5d3c-0000-4000-8000-000000000000","status":"Delivered","deliveryAttemptTimeStamp":"2026-09-01T12:00:00Z"}}""")]
    [InlineData("""{"id":"x","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"6a0e5d3c-0000-4000-8000-000000000000","status":"Delivered","deliveryAttemptTimeStamp":"yesterday"}}""")]
    [InlineData("""{"id":"x","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{"messageId":"6a0e5d3c-0000-4000-8000-000000000000","status":"Teleported","deliveryAttemptTimeStamp":"2026-09-01T12:00:00Z"}}""")]
    public async Task Message_ThatTellsNothingOfOurs_IsDropped(string message)
    {
        var before = await _site.SnapshotAsync();

        using var response = await _site.InvokeAsync(TakeDeliveryReport.FunctionName, message);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before, await _site.SnapshotAsync());
    }

    [Fact]
    public async Task Unknown_WithAReport_IsSettledByItWithoutAskingTheProvider()
    {
        var asked = 0;
        (reports.Sender.Settlement, reports.Sender.Calls) = (UnknownSettlement.AskThenRepeat, 0);
        reports.Sender.Knows = () =>
        {
            asked++;
            return null;
        };
        reports.Sender.Answers(new SendOutcome.Unknown("time-out"));
        await reports.SendAsync(_address);
        await IndexAsync();

        await TakeAsync(Delivery("Delivered"));
        _site.Time.Advance(TimeSpan.FromHours(2));
        await reports.SendAsync(_address);
        reports.Sender.Answers(null);

        var row = await reports.RowAsync(_address);
        Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Delivered, 1, 0), (row.State, row.Report, reports.Sender.Calls, asked));
    }

    [Fact]
    public async Task Report_AmongThePoisonous_IsTriedAgainForThreeDays()
    {
        Assert.Equal(1, await ReturnedAsync(Delivery("Delivered").ToJsonString()));
        Assert.Equal(0, await ReturnedAsync("garbage"));
        Assert.Equal(0, await ReturnedAsync("{}"));
        var old = Delivery("Delivered");
        old["eventTime"] = reports.Now.AddDays(-4).ToString("O");
        Assert.Equal(0, await ReturnedAsync(old.ToJsonString()));
    }

    private async Task<int> ReturnedAsync(string message)
    {
        var before = await QueuedAsync();
        using var response = await _site.InvokeAsync(ReturnPoisonedReport.FunctionName, message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await QueuedAsync() - before;
    }

    private async Task<int> QueuedAsync() => (await _site.Storage.Queue(TakeDeliveryReport.QueueName).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private async Task AddAsync()
    {
        await reports.AddAsync(_address);
        await IndexAsync();
    }

    /// <summary>As the hand-over does for a provider that names mails by operations.</summary>
    private async Task IndexAsync() => await _site.Storage.Table(OperationIndex.TableName).AddEntityAsync(new TableEntity(_operation[..2], _operation)
    {
        ["SchemaVersion"] = 1,
        ["Person"] = _site.PersonOf(_address).Value,
        ["Key"] = ReportsFixture.Key,
        ["At"] = reports.Now,
    });

    private async Task TakeAsync(JsonNode message)
    {
        using var response = await _site.InvokeAsync(TakeDeliveryReport.FunctionName, message.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, _site.Log.ToString());
    }

    private JsonObject Delivery(string status) => Envelope("Microsoft.Communication.EmailDeliveryReportReceived", new()
    {
        ["sender"] = "webinars@focus.example",
        ["recipient"] = _address,
        ["messageId"] = _operation.ToUpperInvariant(),
        ["status"] = status,
        ["deliveryStatusDetails"] = new JsonObject { ["statusMessage"] = $"mailbox of {_address} at 2001:db8:0:1::25" },
        ["deliveryAttemptTimeStamp"] = Sent,
    });

    private JsonObject Engagement(string kind) => Envelope("Microsoft.Communication.EmailEngagementTrackingReportReceived", new()
    {
        ["sender"] = "webinars@focus.example",
        ["recipient"] = _address,
        ["messageId"] = _operation,
        ["userActionTimeStamp"] = "2026-09-01T13:00:00Z",
        ["engagementContext"] = "https://focus.example/registrations/secret",
        ["userAgent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ["engagementType"] = kind,
    });

    private JsonObject Envelope(string type, JsonObject data) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["topic"] = "/subscriptions/x",
        ["subject"] = "sender/x/message/y",
        ["eventType"] = type,
        ["eventTime"] = reports.Now.ToString("O"),
        ["dataVersion"] = "1.0",
        ["metadataVersion"] = "1",
        ["data"] = data,
    };
}
