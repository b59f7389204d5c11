using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Commitments;

/// <summary>A visitor's proposal from the form to the list, or not; and what the proposer hears.</summary>
public sealed class ProposalTests : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.StartAsync(null, ("Commitments:ProposalsPerMinute", "1000"));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Form_FilledIn_MakesAProposalThatOnlyOrganisersSee()
    {
        var anna = a.Address();
        var form = await Html.ReadAsync(await _site.Client.GetAsync("/commitments/propose"));
        Assert.Equal(("post", "/commitments"), (form.QuerySelector("main form")!.GetAttribute("method"), form.QuerySelector("main form")!.GetAttribute("action")));

        var id = await _site.ProposeAsync(anna);
        await _site.PumpAsync();

        var proposal = (await _site.ReadApiAsync("/api/commitments?status=proposed"))["commitments"]!.AsArray().Single(one => (string)one!["id"]! == id)!;
        Assert.Equal(("Benches for all", "Bench Works", "Ghent", "BE", "Anna Ash"), ((string)proposal["title"]!, (string)proposal["organisation"]!, (string)proposal["city"]!, (string)proposal["country"]!, (string)proposal["author"]!));
        Assert.Equal(["streets", "ageing"], proposal["topics"]!.AsArray().Select(topic => (string)topic!));
        Assert.StartsWith("benches-for-all-", id, StringComparison.Ordinal);
        Assert.Equal(anna, (string)(await _site.ReadApiAsync($"/api/commitments/{id}"))["proposerEmail"]!);

        Assert.Empty(await _site.ListedAsync());
        foreach (var path in new[] { $"/commitments/{id}", $"/api/commitments/{id}" }) Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.Client.GetAsync("/api/commitments?status=proposed")).StatusCode);
        var received = Assert.Single(_site.MailsTo(anna));
        Assert.Equal("Your commitment has arrived", received.Subject);
        Assert.DoesNotContain("enches", received.TextBody + received.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", received.TextBody + received.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_Proposal_IsTakenAlikeAndAnswered()
    {
        var anna = a.Address();
        var response = await _site.PostJsonAsync("/commitments", new JsonObject
        {
            ["title"] = "Trees",
            ["topics"] = new JsonArray("climate", "streets"),
            ["name"] = "Anna",
            ["email"] = anna,
            ["consent"] = true,
        });

        Assert.Equal((HttpStatusCode.Accepted, "received"), (response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["status"]!));
        Assert.NotNull(await _site.ProposalOfAsync(anna));
    }

    [Fact]
    public async Task Form_WithErrors_ComesBackWithEachLinkedToItsField()
    {
        var before = await _site.CountEverythingAsync();

        var response = await _site.PostFormAsync("/commitments", ("title", " "), ("text", "Kept <b>as typed</b>"), ("country", "Atlantis"), ("email", "anna@"), ("topics", new string('x', 51)));
        var page = await Html.ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var linked = page.QuerySelectorAll(".summary a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal(["#field-title", "#field-country", "#field-topics", "#field-name", "#field-email", "#field-consent"], linked);
        Assert.All(linked, target => Assert.Equal("true", page.GetElementById(target![1..])!.GetAttribute("aria-invalid")));
        Assert.Equal("Kept <b>as typed</b>", page.QuerySelector("textarea[name=text]")!.TextContent);
        var json = await _site.PostJsonAsync("/commitments", new JsonObject { ["title"] = "x" });
        Assert.Equal(["consent", "email", "name"], JsonNode.Parse(await json.Content.ReadAsStringAsync())!["errors"]!.AsObject().Select(error => error.Key).Order());
        Assert.Equal(before, await _site.CountEverythingAsync());
    }

    [Fact]
    public async Task Form_OfARobotOrAFlood_WritesNothing()
    {
        await using var strict = await Site.StartAsync();
        var before = await strict.CountEverythingAsync();

        var robot = await strict.PostFormAsync("/commitments", [.. Site.ProposalFields(a.Address()), ("website", "https://watches.example")]);
        Assert.Equal(HttpStatusCode.SeeOther, robot.StatusCode);
        for (var n = 0; n < 4; n++) await strict.PostFormAsync("/commitments", ("title", "x"));
        var flood = await strict.PostFormAsync("/commitments", Site.ProposalFields(a.Address()));

        Assert.Equal(HttpStatusCode.TooManyRequests, flood.StatusCode);
        Assert.Equal(before, await strict.CountEverythingAsync());
    }

    [Fact]
    public async Task Published_Proposal_IsListedWithoutItsAddressAndItsProposerToldOnce()
    {
        var anna = a.Address();
        var id = await _site.ProposeAsync(anna);
        for (var n = 0; n < 3; n++) await _site.OrganisedAsync(id, "publish");
        await _site.PumpAsync();
        await _site.FireTimerAsync(ProposerMail.FunctionName);
        await _site.PumpAsync();

        var told = Assert.Single(_site.MailsTo(anna), mail => mail.Subject == "Published: Benches for all");
        Assert.Contains($"{Site.BaseUrl}commitments/{id}", told.TextBody, StringComparison.Ordinal);
        var page = await Html.ReadAsync(await _site.Client.GetAsync($"/commitments/{id}"));
        Assert.Contains("200 benches", page.QuerySelector(".prose strong")!.TextContent, StringComparison.Ordinal);
        foreach (var path in new[] { "/commitments", $"/commitments/{id}", "/commitments.atom", "/api/commitments", $"/api/commitments/{id}", "/" })
        {
            var shown = await _site.Client.GetStringAsync(path);
            Assert.Contains("Benches for all", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(anna, shown, StringComparison.OrdinalIgnoreCase);
        }

        var rows = await _site.RowsAsync(CommitmentStore.TableName, Functions.Hosting.Timeline.Partition);
        Assert.Single(rows, row => row.Keys.Select(column => row[column]).OfType<string>().Any(value => value.Contains(anna, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(anna, _site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Declined_Proposal_TellsTheReasonOnceAndIsNotListed()
    {
        var anna = a.Address();
        var id = await _site.ProposeAsync(anna);
        Assert.Equal(HttpStatusCode.BadRequest, (await _site.OrganiseAsync(id, "decline", """{"reason":" "}""")).StatusCode);
        await _site.OrganisedAsync(id, "decline", """{"reason":"It is an advertisement.\nTell us what you will do."}""");
        await _site.OrganisedAsync(id, "decline", """{"reason":"Another reason."}""");
        await _site.PumpAsync();

        var told = Assert.Single(_site.MailsTo(anna), mail => mail.Subject!.StartsWith("Not published", StringComparison.Ordinal));
        Assert.Contains("It is an advertisement.", told.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Another reason", told.TextBody, StringComparison.Ordinal);
        Assert.Equal("It is an advertisement.\nTell us what you will do.", (string)(await _site.ReadApiAsync($"/api/commitments/{id}"))["declineReason"]!);
        Assert.Empty(await _site.ListedAsync());

        // An organiser may think better of it; not the other way round.
        await _site.OrganisedAsync(id, "publish");
        Assert.Equal(HttpStatusCode.Conflict, (await _site.OrganiseAsync(id, "decline", """{"reason":"No."}""")).StatusCode);
        Assert.Equal([id], await _site.ListedAsync());
    }

    [Fact]
    public async Task Withdrawn_Commitment_IsGoneEverywhereAndForGood()
    {
        var id = await _site.ProposeAsync(a.Address());
        await _site.OrganisedAsync(id, "publish");
        await _site.OrganisedAsync(id, "withdraw");

        var page = await _site.Client.GetAsync($"/commitments/{id}");
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        Assert.Contains("withdrawn", (await Html.ReadAsync(page)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await _site.Client.GetAsync($"/api/commitments/{id}")).StatusCode);
        foreach (var path in new[] { "/commitments", "/commitments.atom", "/api/commitments" }) Assert.DoesNotContain(id, await _site.Client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _site.OrganiseAsync(id, "publish")).StatusCode);
        Assert.Equal("withdrawn", (string)(await _site.ReadApiAsync($"/api/commitments/{id}"))["status"]!);
    }

    [Fact]
    public async Task Withdrawn_Spam_TellsNobodyAndWasNeverThere()
    {
        var victim = a.Address();
        var id = await _site.ProposeAsync(victim);
        await _site.PumpAsync();
        await _site.OrganisedAsync(id, "withdraw");
        await _site.PumpAsync();

        Assert.Single(_site.MailsTo(victim));
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Client.GetAsync($"/commitments/{id}")).StatusCode);
    }

    [Fact]
    public async Task Edit_OfAProposal_NeedsItsETagAndKeepsItsProposer()
    {
        var anna = a.Address();
        var id = await _site.ProposeAsync(anna);
        var read = await _site.SendJsonAsync(HttpMethod.Get, $"/api/commitments/{id}", headers: Site.AsOrganiser);
        var etag = read.Headers.ETag!.Tag;
        Task<HttpResponseMessage> PutAsync(string? ifMatch) => _site.SendJsonAsync(HttpMethod.Put, $"/api/commitments/{id}", """{"title":"Better benches","links":["https://city.example/benches"]}""", headers =>
        {
            Site.AsOrganiser(headers);
            if (ifMatch is not null) headers.IfMatch.Add(new(ifMatch));
        });

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(etag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(etag)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _site.OrganiseAsync(id, "publish", ifMatch: etag)).StatusCode);

        var edited = await _site.ReadApiAsync($"/api/commitments/{id}");
        Assert.Equal(("Better benches", "proposed", anna, "Anna Ash"), ((string)edited["title"]!, (string)edited["status"]!, (string)edited["proposerEmail"]!, (string)edited["author"]!));
        await _site.OrganisedAsync(id, "publish");
        await _site.PumpAsync();
        Assert.Contains(_site.MailsTo(anna), mail => mail.Subject == "Published: Better benches");
        Assert.Equal("https://city.example/benches", (await Html.ReadAsync(await _site.Client.GetAsync($"/commitments/{id}"))).QuerySelector("main a[rel=noopener]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Mail_ThatComesTooLate_IsSkippedWithItsReason()
    {
        var anna = a.Address();
        var id = await _site.ProposeAsync(anna);
        await _site.OrganisedAsync(id, "publish");
        await _site.OrganisedAsync(id, "withdraw");
        await _site.PumpAsync();

        Assert.Empty(_site.MailsTo(anna));
        Assert.Equal([DeliveryState.Skipped, DeliveryState.Skipped], (await _site.DeliveriesAsync(anna)).Select(delivery => delivery.State));
    }
}
