using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Attendances;

public sealed class ImportAttendanceTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;
    private readonly string _anna = a.Address();
    private readonly string _bert = a.Address("bert");
    private readonly string _carl = a.Address("carl");

    [Fact]
    public async Task Zoom_WithAllThatGoesWrong_TellsOfEachRow()
    {
        var webinar = await RegisteredAsync();

        var report = await ImportAsync(webinar, Encoding.UTF8.GetBytes(Exports.Zoom(_anna, _bert, a.Address("stranger"))));

        Assert.Equal(("Zoom", 1, 2), ((string?)report["provider"], (int)report["session"]!, (int)report["people"]!));
        Assert.Equal(
            ["5 Recorded", "6 Recorded", "7 Recorded", "8 NotRegistered", "9 NoAddress", "10 NoAddress", "11 MalformedTime", "12 NotThisSession", "13 Absent"],
            report["rows"]!.AsArray().Select(row => $"{row!["line"]} {row["outcome"]}"));
        Assert.Equal((3, 1, 2), ((int)report["counts"]!["recorded"]!, (int)report["counts"]!["notThisSession"]!, (int)report["counts"]!["noAddress"]!));
        Assert.Equal(2, report["warnings"]!.AsArray().Count);
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T13:01:12", 48);
        await AssertAttendedAsync(webinar, _bert, "2026-12-08T12:59:30", 91);
        Assert.Empty((await _site.RegistrationAsync(webinar, _carl))!.Attendance);
        Assert.DoesNotContain(_anna, _site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Zoom_OfAWebinar_IsReadWithItsSections()
    {
        var webinar = await RegisteredAsync();
        var text = $"""
            Attendee Report
            Report Generated:,"Dec 9, 2026 9:00 AM"
            Topic,Webinar ID,Actual Start Time
            Citizens first,847 5984 1045,"Dec 8, 2026 1:55 PM"
            Host Details
            Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest
            Yes,Bert,{_bert},"Dec 8, 2026 13:55:27","Dec 8, 2026 15:31:19",96,No
            Attendee Details
            Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest
            Yes,Anna,Anna,Ash,{_anna},"Nov 22, 2026 17:10:00",approved,"Dec 8, 2026 14:05:00","Dec 8, 2026 15:00:00",55,Yes
            No,Carl,Carl,Carlsen,{_carl},"Nov 22, 2026 17:12:00",approved,--,--,--,--
            Other Attended
            User Name,Join Time,Leave Time,Time in Session (minutes)
            32470000000,"Dec 8, 2026 14:05:00","Dec 8, 2026 15:00:00",55
            """;

        var report = await ImportAsync(webinar, Encoding.UTF8.GetBytes(text));

        Assert.Equal(["7 Recorded", "10 Recorded", "11 Absent"], report["rows"]!.AsArray().Select(row => $"{row!["line"]} {row["outcome"]}"));
        await AssertAttendedAsync(webinar, _bert, "2026-12-08T12:55:27", 96);
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T13:05:00", 55);
    }

    [Fact]
    public async Task Teams_InUtf16WithTabs_IsReadOnceForEachPerson()
    {
        var webinar = await RegisteredAsync();

        var report = await ImportAsync(webinar, Exports.Utf16(Exports.Teams(_anna, _bert)));

        Assert.Equal(("Teams", 2), ((string?)report["provider"], report["rows"]!.AsArray().Count));
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T13:01:12", 70);
        await AssertAttendedAsync(webinar, _bert, "2026-12-08T12:58:01", 93);
    }

    [Fact]
    public async Task GoToWebinar_WithZones_IsReadByThem()
    {
        var webinar = await RegisteredAsync();

        var report = await ImportAsync(webinar, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Exports.GoToWebinar(_anna, _bert, _carl))]);

        Assert.Equal(("GoToWebinar", "Absent"), ((string?)report["provider"], (string?)report["rows"]![2]!["outcome"]));
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T13:01:00", 89);
        await AssertAttendedAsync(webinar, _bert, "2026-12-08T13:03:00", 30);
        Assert.Empty((await _site.RegistrationAsync(webinar, _carl))!.Attendance);
    }

    [Fact]
    public async Task Import_OfTheSameFileAgain_ChangesNothing()
    {
        var webinar = await RegisteredAsync();
        var file = Encoding.UTF8.GetBytes(Exports.Zoom(_anna, _bert, a.Address("stranger")).Replace(',', ';'));
        await ImportAsync(webinar, file);
        var before = (await _site.RowsAsync("Registrations", webinar.Slug.Value)).Select(row => row.ETag).ToList();

        var again = await ImportAsync(webinar, file);

        Assert.Equal((0, 3, 2), ((int)again["counts"]!["recorded"]!, (int)again["counts"]!["known"]!, (int)again["people"]!));
        Assert.Equal(before, (await _site.RowsAsync("Registrations", webinar.Slug.Value)).Select(row => row.ETag));
    }

    [Fact]
    public async Task Import_BesideTheButton_KeepsTheEarlierTimeAndTheLongerStay()
    {
        var webinar = await RegisteredAsync();
        await using var then = await _site.StartAnotherAsync(new(new(2026, 12, 8, 12, 50, 0, TimeSpan.Zero)));
        await then.Client.PostAsync(_site.JoinPath(webinar, _anna), null);
        var header = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n";

        await ImportAsync(webinar, Encoding.UTF8.GetBytes($"{header}A,{_anna},12/08/2026 01:51:00 PM,12/08/2026 03:20:00 PM,89"));
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T12:50:00", 89);
        await ImportAsync(webinar, Encoding.UTF8.GetBytes($"{header}A,{_anna},12/08/2026 01:45:00 PM,12/08/2026 01:55:00 PM,10"));
        await AssertAttendedAsync(webinar, _anna, "2026-12-08T12:45:00", 89);
    }

    [Fact]
    public async Task Import_OfSeveralSessions_IsOfTheOneThatIsNamed()
    {
        // The second on the same afternoon, the third the day after.
        var webinar = await RegisteredAsync(w => w with { FurtherSessions = [new(new(2026, 12, 8, 16, 0), Duration.FromMinutes(60)), new(new(2026, 12, 9, 10, 0), Duration.FromMinutes(60))] });
        var file = Encoding.UTF8.GetBytes(
            "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
            + $"A,{_anna},12/08/2026 02:00:00 PM,12/08/2026 03:25:00 PM,85\nB,{_bert},12/08/2026 03:58:00 PM,12/08/2026 04:58:00 PM,60\nC,{_carl},12/09/2026 10:01:00 AM,12/09/2026 11:00:00 AM,59");

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(webinar, file)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(webinar, file, "?session=4")).StatusCode);
        foreach (var session in new[] { "?session=1", "?session=2", "?session=3" }) Assert.Equal(1, (int)(await ImportAsync(webinar, file, session))["people"]!);

        Assert.Equal([1], (await _site.RegistrationAsync(webinar, _anna))!.Attendance.Keys);
        Assert.Equal([2], (await _site.RegistrationAsync(webinar, _bert))!.Attendance.Keys);
        Assert.Equal([3], (await _site.RegistrationAsync(webinar, _carl))!.Attendance.Keys);
    }

    [Theory]
    [InlineData("Name,Phone,Colour\nAnna,1,red", "Found: Name, Phone, Colour.")]
    [InlineData("Name (Original Name),User Email,Total Duration (Minutes)\nAnna,anna@example.org,57", "Found: Name (Original Name), User Email, Total Duration (Minutes).")]
    [InlineData("Name,Join Time\nAnna,12/08/2026 02:00:00 PM", "Found: Name, Join Time.")]
    [InlineData("", "No row with names of columns was found.")]
    public async Task Import_OfOtherColumns_SaysWhatWasFoundAndExpected(string text, string found)
    {
        var response = await PostAsync(await _site.PublishAsync(), Encoding.UTF8.GetBytes(text));
        var detail = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(found, detail, StringComparison.Ordinal);
        Assert.Contains("Participant ID (UPN)", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfWhatIsNotTaken_IsRefused()
    {
        var webinar = await _site.PublishAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(webinar, Encoding.Latin1.GetBytes("Name (Original Name),User Email,Join Time\nÄ,,"))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(webinar, new byte[(5 * 1024 * 1024) + 1])).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(webinar, [1], type: "application/json")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(a.Webinar(), [1])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(webinar, [1], isOrganiser: false)).StatusCode);
    }

    private async Task<Webinar> RegisteredAsync(Func<Webinar, Webinar>? change = null)
    {
        var webinar = await _site.PublishAsync(change);
        foreach (var address in new[] { _anna, _bert, _carl }) await _site.RegisterAsync(webinar, address);
        await _site.SettleAsync(webinar);
        return webinar;
    }

    private async Task<JsonNode> ImportAsync(Webinar webinar, byte[] content, string query = "")
    {
        var response = await PostAsync(webinar, content, query);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private Task<HttpResponseMessage> PostAsync(Webinar webinar, byte[] content, string query = "", string type = "text/csv", bool isOrganiser = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/attendance{query}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (isOrganiser) Site.AsOrganiser(request.Headers);
        return _site.Client.SendAsync(request);
    }

    private async Task AssertAttendedAsync(Webinar webinar, string address, string joined, int minutes)
    {
        var attendance = (await _site.RegistrationAsync(webinar, address))!.Attendance[1];
        Assert.Equal((joined, minutes), (attendance.JoinedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture), attendance.Minutes));
    }
}
