using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

/// <summary>Who registered, a page at a time, and organisers' decisions.</summary>
public sealed class RegistrationsApiTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const int TransactionSize = 100;

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task List_OfManyPages_GivesEachOnceByTwoRequestsAPage()
    {
        var webinar = await _site.PublishAsync();
        var people = await PutRegistrationsAsync(webinar, 230, RegistrationStatus.Confirmed);
        await _site.AdvanceAsync(webinar);

        var listed = new List<string>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            _site.Calls.Reset();
            var page = await ListAsync(webinar, after is null ? "" : $"?after={after}");
            Assert.InRange(_site.Calls.Count, 1, 2);
            Assert.InRange(page["registrations"]!.AsArray().Count, 1, 100);
            listed.AddRange(page["registrations"]!.AsArray().Select(row => (string)row!["personId"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(people.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task List_ByStatus_GivesOnlyThose()
    {
        var webinar = await _site.PublishAsync();
        await PutRegistrationsAsync(webinar, 120, RegistrationStatus.Confirmed);
        var pending = await PutRegistrationsAsync(webinar, 3, RegistrationStatus.Pending);

        var listed = new List<string>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var page = await ListAsync(webinar, "?status=pending" + (after is null ? "" : $"&after={after}"));
            listed.AddRange(page["registrations"]!.AsArray().Select(row => (string)row!["personId"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(pending.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task List_SaysWhatIsKnownOfEach()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        var (seated, waiting) = (a.Address(), a.Address());
        await _site.PostJsonAsync($"/webinars/{webinar.Slug}/registrations", new JsonObject
        {
            ["name"] = "Anna <Ash>",
            ["email"] = seated,
            ["organisation"] = "City of Ghent",
            ["country"] = "BE",
            ["language"] = "nl",
            ["consent"] = true,
        });
        await _site.AdvanceAsync(webinar);
        await _site.RegisterAsync(webinar, waiting);
        await _site.AdvanceAsync(webinar);
        var joinedAt = new DateTimeOffset(2026, 12, 8, 13, 1, 0, TimeSpan.Zero);
        await new RegistrationStore(_site.Storage).RecordAttendanceAsync(webinar.Slug, _site.PersonOf(seated), 1, new(joinedAt, 42), Azure.ETag.All, default);

        var list = await ListAsync(webinar);
        var rows = list["registrations"]!.AsArray().ToDictionary(row => (string)row!["email"]!, row => row!);

        Assert.Equal("""{"confirmed":1,"offered":0,"held":0,"waiting":1,"capacity":1}""", list["seats"]!.ToJsonString());
        Assert.Equal(
            ("Anna <Ash>", "City of Ghent", "BE", "nl", "confirmed", null),
            ((string?)rows[seated]["name"], (string?)rows[seated]["organisation"], (string?)rows[seated]["country"], (string?)rows[seated]["language"], (string?)rows[seated]["status"], (string?)rows[seated]["place"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"session":1,"joinedAt":"2026-12-08T13:01:00+00:00","minutes":42}]"""), rows[seated]["attendance"]));
        Assert.Equal("waiting", (string?)rows[waiting]["status"]);
        Assert.Matches("^[0-9]{19}$", (string)rows[waiting]["place"]!);
    }

    [Fact]
    public async Task List_BeforeAnythingIsDecided_HasTheWebinarsCapacity()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 7 });

        Assert.Equal("""{"registrations":[],"seats":{"confirmed":0,"offered":0,"held":0,"waiting":0,"capacity":7}}""", (await ListAsync(webinar)).ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await _site.GetAsOrganiserAsync($"/api/webinars/{OrganiserSteps.NewSlug()}/registrations")).StatusCode);
    }

    [Fact]
    public async Task List_WithoutTheToken_TellsNothing()
    {
        var webinar = await _site.PublishAsync();
        var address = a.Address();
        await _site.RegisterAsync(webinar, address);

        var answer = await _site.SendJsonAsync(HttpMethod.Get, $"/api/webinars/{webinar.Slug}/registrations");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(address, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterAPlaceThatIsNotItsOwn_IsRefused()
    {
        var (mine, others) = (await _site.PublishAsync(), await _site.PublishAsync());
        await PutRegistrationsAsync(others, 101, RegistrationStatus.Confirmed);
        var place = (string)(await ListAsync(others))["next"]!;

        foreach (var query in new[] { $"after={place}", "after=r%7C", $"after={mine.Slug}%20r%7Ca", "status=late", "status=1" })
        {
            var errors = await OrganiserSteps.ErrorsAsync(await _site.GetAsOrganiserAsync($"/api/webinars/{mine.Slug}/registrations?{query}"));
            Assert.Equal(query.Split('=')[0], Assert.Single(errors).Key);
        }
    }

    [Fact]
    public async Task Approve_APendingRequest_GetsItASeat()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        var address = a.Address();
        await _site.RegisterAsync(webinar, address);
        await _site.AdvanceAsync(webinar);
        Assert.Equal(RegistrationStatus.Pending, (await _site.RegistrationAsync(webinar, address))!.Status);

        var approved = await DecideAsync(webinar, address, "approve");
        var again = await DecideAsync(webinar, address, "approve");
        await _site.AdvanceAsync(webinar);
        var late = await DecideAsync(webinar, address, "decline");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict], new[] { approved, again, late }.Select(answer => answer.StatusCode));
        Assert.Equal("requested", (string?)(await OrganiserSteps.ReadAsync(approved))["status"]);
        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((1, 1, 0), (rows.Confirmed, rows.Seats!.Confirmed, rows.Asking.Count));
    }

    [Fact]
    public async Task Decline_APendingRequest_LeavesTheSeatAndTellsThem()
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        var address = a.Address();
        await _site.RegisterAsync(webinar, address);
        await _site.AdvanceAsync(webinar);

        var declined = await DecideAsync(webinar, address, "decline");

        Assert.Equal((HttpStatusCode.OK, "declined"), (declined.StatusCode, (string?)(await OrganiserSteps.ReadAsync(declined))["status"]));
        var rows = await _site.SeatRowsAsync(webinar);
        Assert.Equal((0, 0, 1), (rows.Seats!.Confirmed, rows.Asking.Count, rows.Outgoing));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("decline")]
    public async Task Decide_WithoutTheTokenOrOnNobody_ChangesNothing(string decision)
    {
        var webinar = await _site.PublishAsync(w => w with { NeedsApproval = true });
        var address = a.Address();
        await _site.RegisterAsync(webinar, address);
        await _site.AdvanceAsync(webinar);

        var stranger = await _site.SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/registrations/{_site.PersonOf(address)}/{decision}");
        var nobody = await DecideAsync(webinar, a.Address(), decision);
        var noId = await _site.PostStepAsync(webinar.Slug, $"registrations/x/{decision}");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.NotFound], new[] { stranger, nobody, noId }.Select(answer => answer.StatusCode));
        Assert.Equal(RegistrationStatus.Pending, (await _site.RegistrationAsync(webinar, address))!.Status);
    }

    private Task<HttpResponseMessage> DecideAsync(Webinar webinar, string address, string decision) =>
        _site.PostStepAsync(webinar.Slug, $"registrations/{_site.PersonOf(address)}/{decision}");

    private async Task<JsonObject> ListAsync(Webinar webinar, string query = "")
    {
        var response = await _site.GetAsOrganiserAsync($"/api/webinars/{webinar.Slug}/registrations{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        return await OrganiserSteps.ReadAsync(response);
    }

    /// <summary>Rows put there, since hundreds through the form would take their time.</summary>
    private async Task<IReadOnlyList<string>> PutRegistrationsAsync(Webinar webinar, int count, RegistrationStatus status)
    {
        var registrations = Enumerable.Range(0, count).Select(_ => EmailAddress.Parse(a.Address())).Select(address => new Registration
        {
            Webinar = webinar.Slug,
            Person = _site.PersonOf(address.Value),
            Status = status,
            Sequence = 0,
            Name = "Anna Ash",
            Email = address,
            RequestedAt = _site.Time.GetUtcNow(),
            ConsentVersion = "1",
            OperationId = "",
        }).ToList();
        foreach (var chunk in registrations.Chunk(TransactionSize))
        {
            await new RegistrationStore(_site.Storage).CommitAsync(
                [.. chunk.Select(registration => new TableTransactionAction(TableTransactionActionType.Add, RegistrationMapping.ToEntity(registration)))], default);
        }

        return [.. registrations.Select(registration => registration.Person.Value)];
    }
}
