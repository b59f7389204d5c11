using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Tests.Webinars.Invitations;

/// <summary>What organisers upload: tables as spreadsheets save them, and addresses as people paste them.</summary>
public sealed class ListFileTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    [Theory]
    [InlineData("email,name\n{0},Jürgen Müller\n", "Jürgen Müller")]
    [InlineData("\ufeffE-Mail;Name\r\n{0};\"Müller; Jürgen\"\r\n", "Müller; Jürgen")]
    [InlineData("Mail\tFIRST NAME\tLast Name\n{0}\tZoë\tÅs\n", "Zoë Ås")]
    [InlineData("sep=;\r\nName;ADDRESS\r\nØrsted;{0}\r\n", "Ørsted")]
    [InlineData("\n\nName,Address,E-mail address\n\"O\"\"Neil, Ann\",\"1 High Street\nDublin\",{0}\n", "O\"Neil, Ann")]
    [InlineData("email\n{0}", "")]
    [InlineData("email,name\n {0} ,\"two\nlines\"\n,\n;;\n", "two lines")]
    public async Task Table_AsSpreadsheetsSaveIt_InvitesByNameAndAddress(string table, string name)
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());

        var list = await _site.InviteAsync(webinar, string.Format(System.Globalization.CultureInfo.InvariantCulture, table, anna));
        await _site.SettleInvitationsAsync(webinar);

        Assert.Equal(1, (await _site.ReportAsync(list)).Counts["invited"]);
        Assert.Equal(name, Assert.Single(_site.MailsTo(anna)).To.Mailboxes.Single().Name ?? "");
    }

    [Fact]
    public async Task Name_ThatIsAFormula_IsLeftOut()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());

        await _site.InviteAsync(webinar, $"email,name\n{anna},\"=HYPERLINK(\"\"https://x.example\"\")\"\n");
        await _site.SettleInvitationsAsync(webinar);

        var mail = Assert.Single(_site.MailsTo(anna));
        Assert.DoesNotContain("HYPERLINK", mail.ToString(), StringComparison.Ordinal);
        Assert.Empty(mail.To.Mailboxes.Single().Name ?? "");
    }

    [Fact]
    public async Task Pasted_AsAListInJson_InvitesEach()
    {
        var (webinar, anna, ben) = (await _site.PublishAsync(), a.Address(), a.Address("ben"));

        var list = await _site.InviteAsync(webinar, new JsonObject { ["addresses"] = new JsonArray(anna, ben) }.ToJsonString(), "application/json");
        await _site.SettleInvitationsAsync(webinar);

        Assert.Equal([anna, ben], (await _site.ReportAsync(list)).Rows.Select(row => row.Address));
        Assert.Equal((1, 1), (_site.InvitationsTo(anna).Count, _site.InvitationsTo(ben).Count));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task Pasted_OneOrSeveralALine_InvitesEach(string type)
    {
        var (webinar, people) = (await _site.PublishAsync(), Enumerable.Range(0, 6).Select(n => a.Address($"p{n}x")).ToList());
        var pasted = $"{people[0]}\n\"Ash, Anna\" <{people[1]}>; Ben Birch <{people[2]}>,{people[3]}\n\n {people[4]} {people[5]}\nno address\n<broken";

        var list = await _site.InviteAsync(webinar, type == "text/plain" ? pasted : new JsonObject { ["addresses"] = pasted }.ToJsonString(), type);
        await _site.SettleInvitationsAsync(webinar);

        var report = await _site.ReportAsync(list);
        Assert.Equal((6, 2), (report.Counts["invited"], report.Counts["malformed"]));
        Assert.Equal([1, 2, 2, 2, 4, 4, 5, 6], report.Rows.Select(row => row.Line));
        Assert.Equal("Ash, Anna", Assert.Single(_site.MailsTo(people[1])).To.Mailboxes.Single().Name);
        Assert.All(people, address => Assert.Single(_site.InvitationsTo(address)));
    }

    [Fact]
    public async Task Rows_ThatAreWrong_AreReportedByLineAndReasonAndAsText()
    {
        var (webinar, anna) = (await _site.PublishAsync(), a.Address());

        var list = await _site.InviteAsync(webinar, $"email,name\n\"=HYPERLINK(\"\"x\"\")\",Eve\n,Nobody\nanna@,Anna\n{anna},Anna\n{anna.ToUpperInvariant()},Anna\n@SUM(A1),x\n");
        await _site.SettleInvitationsAsync(webinar);

        var report = await _site.ReportAsync(list);
        Assert.Equal("Done", report.State);
        Assert.Equal(
            [
                (2, "'=HYPERLINK(\"x\")", "Malformed", "That is a formula, not an address."),
                (3, "", "Malformed", "There is no address."),
                (4, "anna@", "Malformed", "That is no e-mail address."),
                (5, anna, "Invited", null),
                (6, anna.Split('@')[0].ToUpperInvariant() + "@example.org", "Duplicate", null),
                (7, "'@SUM(A1)", "Malformed", "That is a formula, not an address."),
            ],
            report.Rows.Select(row => (row.Line, row.Address, row.Outcome, row.Reason)));
        Assert.Single(_site.InvitationsTo(anna));
    }

    [Theory]
    [InlineData("first,last\nAnna,Ash\n", "Found: first, last. Expected: email")]
    [InlineData("anna@example.org\nben@example.org\n", "Found: anna@example.org. Expected: email")]
    [InlineData("", "Found: nothing. Expected: email")]
    [InlineData("email\n", "There is nobody in it.")]
    [InlineData("email,name\nanna@example.org,\"Anna\nben@example.org,Ben\n", "quotation mark")]
    public async Task Table_ThatIsNone_IsRefusedAndNothingStored(string table, string why)
    {
        var webinar = await _site.PublishAsync();
        var before = await _site.CountEverythingAsync();

        var response = await _site.UploadAsync(webinar, table);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(why, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(before, await _site.CountEverythingAsync());
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Table_InAnotherEncoding_IsRefused()
    {
        var webinar = await _site.PublishAsync();

        var response = await _site.UploadAsync(webinar, Encoding.Latin1.GetBytes("email,name\nanna@example.org,Müller\n"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("UTF-8", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_ThatIsTooMuch_IsRefused()
    {
        var webinar = await _site.PublishAsync();
        var rows = "email\n" + string.Concat(Enumerable.Repeat("a@b.cd\n", ImportLists.MaxRows + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _site.UploadAsync(webinar, rows)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _site.UploadAsync(webinar, new byte[ImportLists.MaxBytes + 1])).StatusCode);
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task Upload_WithoutTheToken_OfAnotherKindOrOfNoWebinar_IsRefused()
    {
        var webinar = await _site.PublishAsync();
        var stranger = await _site.Client.PostAsync($"/api/webinars/{webinar.Slug}/invitations", new StringContent("email\na@b.cd", Encoding.UTF8, "text/csv"));

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _site.UploadAsync(webinar, "x", "application/pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.UploadAsync(a.Webinar(), "email\na@b.cd")).StatusCode);
        await _site.CancelWebinarAsync(webinar);
        Assert.Equal(HttpStatusCode.Conflict, (await _site.UploadAsync(webinar, "email\na@b.cd")).StatusCode);
    }

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (var blob in _site.Storage.Container(UploadedLists.ContainerName).GetBlobsAsync()) names.Add(blob.Name);
        return names;
    }
}
