using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Xunit.Abstractions;

namespace CitizenFocus.Functions.Tests.Email.Reports;

public sealed class ReceiveSendGridEventsTests(ReportsFixture reports, ITestOutputHelper output) : IClassFixture<ReportsFixture>
{
    private readonly Site _site = reports.Site;
    private readonly string _address = a.Address();

    [Fact]
    public async Task Bounce_OfAnAcceptedMail_MovesTheRowAndLeavesNoAddressAnywhere()
    {
        await reports.SendAsync(_address);
        var bounce = reports.Event(_address, "bounce", change: ReportsFixture.HardBounce(_address));

        Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(reports.Event(_address, "processed"), bounce));

        var row = await reports.RowAsync(_address);
        Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Bounced), (row.State, row.Report));
        Assert.Equal("550 5.1.1 <(address)>: no such user (address) at (host)", row.ReportReason);
        var events = await reports.EventsAsync(_address);
        Assert.Equal(["Bounced", "Processed"], events.Select(e => e.GetString("Kind")).Order());
        var local = _address.Split('@')[0];
        Assert.DoesNotContain(events.SelectMany(e => e.Keys.Select(column => e[column])), value => value is string text && (text.Contains(local, StringComparison.OrdinalIgnoreCase) || text.Contains("198.51", StringComparison.Ordinal)));
        Assert.DoesNotContain(local, _site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Report_BeforeTheProvidersOwnAnswer_StandsInTheRowAfterIt()
    {
        reports.Sender.Answer = async () =>
        {
            Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(reports.Event(_address, "delivered")));
            return new SendOutcome.Accepted("id");
        };

        await reports.SendAsync(_address);
        reports.Sender.Answer = null;

        var row = await reports.RowAsync(_address);
        Assert.Equal((DeliveryState.Accepted, DeliveryReportState.Delivered, "id"), (row.State, row.Report, row.ProviderId));
    }

    [Fact]
    public async Task Unknown_WithAReportBeforeTheDeadline_IsSettledAsAcceptedAndNotSentAgain()
    {
        (reports.Sender.Settlement, reports.Sender.Calls) = (UnknownSettlement.AwaitReport, 0);
        reports.Sender.Answers(new SendOutcome.Unknown("time-out"));
        await reports.SendAsync(_address);
        Assert.Equal(DeliveryState.Unknown, (await reports.RowAsync(_address)).State);

        await reports.PostAsync(reports.Event(_address, "processed"));
        _site.Time.Advance(TimeSpan.FromHours(2));
        await reports.SendAsync(_address);
        reports.Sender.Answers(null);

        var row = await reports.RowAsync(_address);
        Assert.Equal((DeliveryState.Accepted, "A delivery report showed that it was accepted.", 1), (row.State, row.Decision, reports.Sender.Calls));
    }

    [Fact]
    public async Task Signature_OverAnythingElse_IsRefusedAndNothingIsDone()
    {
        await reports.AddAsync(_address);
        var body = Encoding.UTF8.GetBytes(new JsonArray(reports.Event(_address, "delivered")).ToJsonString());
        var (now, later) = ("1790000000", "1790000001");
        var signature = reports.Sign(now, body);
        var before = await _site.SnapshotAsync();

        var refused = new List<HttpStatusCode>
        {
            await reports.PostBytesAsync(body, later, signature),
            await reports.PostBytesAsync(body, null, signature),
            await reports.PostBytesAsync(body, now, null),
            await reports.PostBytesAsync(body, now, []),
            await reports.PostBytesAsync([.. body, (byte)' '], now, signature),
            await reports.PostBytesAsync(body, now, new byte[64]),
        };
        for (var n = 0; n < body.Length; n += 31) refused.Add(await reports.PostBytesAsync(Flipped(body, n), now, signature));
        for (var n = 0; n < signature.Length; n += 7) refused.Add(await reports.PostBytesAsync(body, now, Flipped(signature, n)));

        Assert.All(refused, status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Equal(before, await _site.SnapshotAsync());

        // The same, untouched and however old, is taken.
        Assert.Equal(HttpStatusCode.OK, await reports.PostBytesAsync(body, now, signature));
        Assert.Equal(DeliveryReportState.Delivered, (await reports.RowAsync(_address)).Report);
    }

    [Fact]
    public async Task Replay_AndRepeat_AreAnsweredAndChangeNothing()
    {
        foreach (var key in new[] { "test|one", "test|two" }) await reports.AddAsync(_address, key);
        JsonObject[] events =
        [
            reports.Event(_address, "delivered"), reports.Event(_address, "open"), reports.Event(_address, "click", "test|two", change: sent => sent["url"] = "https://focus.example/a"),
            reports.Event(_address, "spamreport"), reports.Event(_address, "unsubscribe"),
        ];
        await reports.PostAsync(events);
        var before = await _site.SnapshotAsync();

        _site.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(events));
        Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(events[4], events[0]));
        Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(events[2], events[2]));

        Assert.Equal(before, await _site.SnapshotAsync());
    }

    [Fact]
    public async Task NoKeySet_IsNotFound()
    {
        await using var site = await Site.StartAsync();

        using var response = await site.Client.PostAsync("/hooks/sendgrid", new StringContent("[]"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task WrongKeySet_StopsTheStartWithTheRemedy()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Site.StartAsync(null, ("SendGrid:WebhookPublicKey", "bm8ga2V5")));

        Assert.Contains("SendGrid__WebhookPublicKey is no public key. Set it to", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("bm8ga2V5", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OfJustTheLimit_IsTaken_AndOneByteMoreIsNot(bool chunked)
    {
        const string Timestamp = "1790000000";
        var most = Encoding.UTF8.GetBytes("[]" + new string(' ', ReceiveSendGridEvents.MaxBytes - 2));
        byte[] more = [.. most, (byte)' '];

        Assert.Equal(HttpStatusCode.OK, await reports.PostBytesAsync(most, Timestamp, reports.Sign(Timestamp, most), chunked));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await reports.PostBytesAsync(more, Timestamp, reports.Sign(Timestamp, more), chunked));
    }

    [Fact]
    public async Task TenThousandEvents_InOneCall_AreTakenWithOneLogLine()
    {
        const int People = 20;
        var addresses = Enumerable.Range(0, People).Select(n => a.Address($"crowd{n}x")).ToList();
        foreach (var address in addresses) await reports.AddAsync(address);
        var events = Enumerable.Range(0, 10_000).Select(n => reports.Event(
            addresses[n % People],
            (n / People) switch { 0 => "delivered", < 200 => "open", < 400 => "processed", _ => "some_new_kind" },
            at: reports.Now.AddSeconds((n / People) + 10))).ToArray();
        var lines = Lines().Length;
        var watch = Stopwatch.StartNew();
        _site.Calls.Reset();

        Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(events));

        output.WriteLine(FormattableString.Invariant($"10,000 events, {_site.Calls.Count} storage calls, {watch.Elapsed.TotalSeconds:0.0} s"));
        var last = Lines()[lines..];
        Assert.Contains("SendGrid reported 10000 events: 8000 new ones, 0 known already, 2000 of kinds", Assert.Single(last), StringComparison.Ordinal);
        foreach (var address in addresses)
        {
            Assert.Equal(DeliveryReportState.Opened, (await reports.RowAsync(address)).Report);
            Assert.Equal(400, (await reports.EventsAsync(address)).Count);
        }

        // A person costs a look at the row, a transaction a hundred events, what is read of all, and one change.
        Assert.InRange(_site.Calls.Count, 0, People * 12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"[]\"")]
    [InlineData("[{}] x")]
    public async Task Body_ThatIsNoArray_IsRefusedWithOneLine(string body)
    {
        var lines = Lines().Length;

        Assert.Equal(HttpStatusCode.BadRequest, await reports.PostTextAsync(body));

        Assert.Single(Lines()[lines..]);
    }

    [Fact]
    public async Task Events_ThatAreBroken_AreIgnoredOneByOne()
    {
        await reports.AddAsync(_address);
        var person = _site.PersonOf(_address).Value;
        string[] broken =
        [
            "1", "null", "[]", "{}", "\"x\"", new string('[', 60) + new string(']', 60),
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","sg_event_id":"x"}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","sg_event_id":"x","timestamp":1e300}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","sg_event_id":"x","timestamp":-5}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","sg_event_id":"x","timestamp":99999999999999}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|one","sg_event_id":"\ud800","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|\u0001","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|{{new string('k', 2000)}}","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test/one","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"{{person}}","key":"test|other","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":"nobody","key":"test|one","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":7,"person":"{{person}}","key":"test|one","sg_event_id":"x","timestamp":1790000000}""",
            $$"""{"event":"delivered","person":["{{person}}"],"key":{"a":1},"sg_event_id":"x","timestamp":1790000000}""",
        ];
        var before = await _site.SnapshotAsync();

        Assert.Equal(HttpStatusCode.OK, await reports.PostTextAsync($"[{string.Join(',', broken)}]"));
        Assert.Equal(before, await _site.SnapshotAsync());

        // One that is well, among them, with a reason that no column could hold.
        var well = reports.Event(_address, "bounce", change: sent => sent["type"] = "bounce").ToJsonString().Replace("\"bounce\"}", "\"bounce\",\"reason\":\"a\\u0000\\u2028b\"}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await reports.PostTextAsync($"[{string.Join(',', broken)},{well}]"));
        Assert.Equal((DeliveryReportState.Bounced, "a b"), ((await reports.RowAsync(_address)).Report, (await reports.RowAsync(_address)).ReportReason));
    }

    [Fact]
    public async Task Process_ThatDiesBeforeOrAfterAnyCall_LosesNothingAndDoublesNothing()
    {
        var (cases, died) = (0, true);
        for (var call = 1; died; call++)
        {
            died = false;
            foreach (var afterTheCall in new[] { false, true })
            {
                var address = a.Address($"n{call}x");
                foreach (var key in new[] { "test|one", "test|two" }) await reports.AddAsync(address, key);
                JsonObject[] events =
                [
                    reports.Event(address, "delivered"), reports.Event(address, "open", at: reports.Now.AddHours(1)),
                    reports.Event(address, "bounce", "test|two", change: ReportsFixture.HardBounce(address)), reports.Event(address, "unsubscribe", "test|two"),
                ];
                _site.Calls.Disturb = StorageCalls.CrashAt(call, afterTheCall);
                var status = await reports.PostAsync(events);
                _site.Calls.Disturb = null;
                (died, cases) = (died || status == HttpStatusCode.InternalServerError, cases + 1);
                Assert.Contains(status, new[] { HttpStatusCode.OK, HttpStatusCode.InternalServerError });

                Assert.Equal(HttpStatusCode.OK, await reports.PostAsync(events));

                Assert.Equal((DeliveryReportState.Opened, DeliveryReportState.Bounced), ((await reports.RowAsync(address)).Report, (await reports.RowAsync(address, "test|two")).Report));
                Assert.Equal([SuppressionCause.Unsubscribed, SuppressionCause.Bounced], await reports.CausesAsync(address));
                Assert.Equal(4, (await reports.EventsAsync(address)).Count);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{cases} crashes"));
        Assert.InRange(cases, 16, 60);
    }

    private string[] Lines() => _site.Log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[at] ^= 1;
        return flipped;
    }
}
