using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Api;

/// <summary>What organisers send as a webinar: taken whole, or refused at each field.</summary>
public sealed class WebinarInputTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly Site _site = fixture.Site;

    public static TheoryData<string, string, string> BadFields => new()
    {
        { "title", "\"\"", "title" },
        { "title", "\"two\\nlines\"", "title" },
        { "start", "null", "start" },
        { "start", "\"soon\"", "start" },
        { "start", "\"2026-12-08T14:00:30\"", "start" },
        { "start", "\"9999-12-31T23:59\"", "start" },
        { "start", "\"-9000-01-01T00:00\"", "start" },
        { "start", "\"2026-08-31T14:00\"", "start" },
        { "zone", "\"Mars/Base\"", "zone" },
        { "zone", "\"UTC+03\"", "zone" },
        { "zone", "null", "zone" },
        { "durationMinutes", "0", "durationMinutes" },
        { "durationMinutes", "1.5", "durationMinutes" },
        { "durationMinutes", "20161", "durationMinutes" },
        { "end", "\"2026-12-08T15:00\"", "end" },
        { "startOccurrence", "\"third\"", "startOccurrence" },
        { "dateOnly", "\"perhaps\"", "dateOnly" },
        { "capacity", "0", "capacity" },
        { "capacity", "-1", "capacity" },
        { "capacity", "1000001", "capacity" },
        { "kind", "\"party\"", "kind" },
        { "status", "\"7\"", "status" },
        { "status", "\"cancelled\"", "status" },
        { "opensAt", "\"tomorrow\"", "opensAt" },
        { "opensAt", "\"2026-12-08T14:30:00Z\"", "opensAt" },
        { "closesAt", "\"2026-12-08T14:30:01Z\"", "closesAt" },
        { "room", "\"http://room.example/1\"", "room" },
        { "room", "\"javascript:alert(1)\"", "room" },
        { "room", "\"https://user:pass@room.example/1\"", "room" },
        { "recording", "\"/film\"", "recording" },
        { "materials", "[\"no-such-document\"]", "materials" },
        { "materials", "[\"../../etc\"]", "materials" },
        { "languages", "[\"en\",\"tlh\"]", "languages" },
        { "series", "\"Not A Slug\"", "series" },
        { "series", "\"no-such-series\"", "series" },
        { "reminderMinutes", "[60,4]", "reminderMinutes" },
        { "reminderMinutes", "[43201]", "reminderMinutes" },
        { "reminderMinutes", "[60,60]", "reminderMinutes" },
        { "reminderMinutes", "[10,20,30,40,50,60]", "reminderMinutes" },
        { "reminderMinutes", "[\"soon\"]", "reminderMinutes" },
        { "followUpHours", "337", "followUpHours" },
        { "followUpHours", "-1", "followUpHours" },
        { "questions", "[{}]", "questions.0.text" },
        { "questions", "[{\"text\":null}]", "questions.0.text" },
        { "questions", "[\"Why?\"]", "questions" },
        { "questions", "[{\"text\":\"A\",\"kind\":\"essay\"}]", "questions.0.kind" },
        { "questions", "[{\"text\":\"A\",\"kind\":\"choice\"}]", "questions.0.options" },
        { "questions", "[{\"text\":\"A\",\"kind\":\"choices\",\"options\":[\"one\"]}]", "questions.0.options" },
        { "questions", "[{\"text\":\"A\",\"kind\":\"choice\",\"options\":[\"one\",\"one \"]}]", "questions.0.options" },
        { "questions", "[{\"text\":\"A\",\"options\":[\"one\",\"two\"]}]", "questions.0.options" },
        { "questions", "[{\"text\":\"A\",\"id\":\"Big\"}]", "questions.0.id" },
        { "questions", "[{\"text\":\"A\",\"id\":\"a\"},{\"text\":\"B\",\"id\":\"a\"}]", "questions.1.id" },
        { "questions", "[{\"text\":\"A\",\"id\":\"q2\"},{\"text\":\"B\"}]", "questions.1.id" },
        { "speakers", "[{\"about\":\"Somebody\"}]", "speakers.0.name" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task Put_BadField_IsRefusedThereAlone(string property, string json, string field)
    {
        var slug = OrganiserSteps.NewSlug();

        var errors = await OrganiserSteps.ErrorsAsync(await _site.PutAsync(slug, OrganiserSteps.Body(body => body[property] = JsonNode.Parse(json))));

        Assert.Equal([field], errors.Keys);
        Assert.Equal(HttpStatusCode.NotFound, (await _site.GetAsOrganiserAsync($"/api/webinars/{slug}")).StatusCode);
    }

    [Fact]
    public async Task Put_TooMuch_IsRefusedAtTheField()
    {
        var errors = await OrganiserSteps.ErrorsAsync(await _site.PutAsync(OrganiserSteps.NewSlug(), OrganiserSteps.Body(body =>
        {
            body["title"] = new string('x', 201);
            body["room"] = "https://room.example/" + new string('x', 2_000);
            body["opensAt"] = "2026-12-01T10:00:00Z";
            body["closesAt"] = "2026-12-01T10:00:00Z";
            body["furtherSessions"] = Repeated(51, day => $"2027-{(day / 28) + 1:D2}-{(day % 28) + 1:D2}T14:00/90");
            body["questions"] = Repeated(21, n => new JsonObject { ["text"] = $"Question {n}" });
            body["speakers"] = Repeated(20, n => new JsonObject { ["name"] = $"Speaker {n}", ["about"] = new string('ж', 500) });
            body["materials"] = Repeated(21, n => $"document-{n}");
        })));

        Assert.Equal(["closesAt", "furtherSessions", "materials", "questions", "room", "speakers", "title"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Put_QuestionsTooLongAllTogether_AreRefusedAsOne()
    {
        var errors = await OrganiserSteps.ErrorsAsync(await _site.PutAsync(OrganiserSteps.NewSlug(), OrganiserSteps.Body(body =>
            body["questions"] = Repeated(20, n => new JsonObject { ["text"] = $"{n} " + new string('ж', 290) }))));

        Assert.Equal(["questions"], errors.Keys);
    }

    [Fact]
    public async Task Put_EveryField_IsReadBackTheSame()
    {
        await _site.SendJsonAsync(HttpMethod.Put, "/api/documents/handbook-of-all", """{"title":"Handbook","kind":"Handbook"}""", Site.AsOrganiser);
        var slug = OrganiserSteps.NewSlug();
        var body = JsonNode.Parse(
            """
            {
              "title": "Всё <b>about</b> benches", "summary": "In short", "text": "# Long\n\n- and *so* on", "kind": "conference", "status": "published",
              "start": "2026-10-25T02:30:00", "zone": "Europe/Brussels", "startOccurrence": "second", "durationMinutes": 45,
              "furtherSessions": ["2026-11-03T14:00:00/90", "2027-10-31T02:30:00/60/2"],
              "dateOnly": false, "place": "Grote Markt 1", "capacity": 40,
              "opensAt": "2026-10-01T08:00:00+00:00", "closesAt": "2026-10-24T22:00:00+00:00",
              "invitationOnly": true, "needsApproval": true, "offersSeats": true,
              "questions": [
                { "id": "why", "text": "Why do you come?", "kind": "text", "required": true },
                { "id": "lunch", "text": "What do you eat?", "kind": "choice", "required": false, "options": ["Soup", "Bread"] },
                { "id": "days", "text": "Which days?", "kind": "choices", "required": false, "options": ["Monday", "Tuesday", "Friday"] },
                { "id": "photo", "text": "May we take pictures?", "kind": "yesNo", "required": true }
              ],
              "speakers": [{ "name": "Ada Ash", "about": "Runs\na city." }, { "name": "Bo", "about": "" }],
              "materials": ["handbook-of-all"], "languages": ["en", "nl"],
              "reminderMinutes": [10080, 60], "followUpHours": 48, "awaitsRecording": false, "series": "benches",
              "room": "https://room.example/secret", "recording": "https://film.example/1"
            }
            """)!.AsObject();

        await _site.SendJsonAsync(HttpMethod.Put, "/api/series/benches", """{"title":"Benches"}""", Site.AsOrganiser);
        var created = await _site.PutAsync(slug, body);
        Assert.Equal((HttpStatusCode.Created, ""), (created.StatusCode, created.IsSuccessStatusCode ? "" : await created.Content.ReadAsStringAsync()));
        AssertHolds(body, await OrganiserSteps.ReadAsync(await _site.GetAsOrganiserAsync($"/api/webinars/{slug}")));

        var sentBack = await _site.EditAsync(slug, _ => { });
        Assert.Equal(HttpStatusCode.OK, sentBack.StatusCode);
        AssertHolds(body, await OrganiserSteps.ReadAsync(sentBack));
        Assert.Equal(0, (int)(await OrganiserSteps.ReadAsync(sentBack))["revision"]!);
    }

    [Fact]
    public async Task Put_TheLeast_HasTheDefaults()
    {
        var document = await OrganiserSteps.ReadAsync(await _site.PutAsync(OrganiserSteps.NewSlug(), new() { ["title"] = "Talk", ["start"] = "2026-12-08T14:00", ["zone"] = "Europe/Brussels" }));

        AssertHolds(
            JsonNode.Parse("""{"status":"draft","kind":"webinar","durationMinutes":60,"reminderMinutes":[1440,60],"followUpHours":24,"awaitsRecording":true,"offersSeats":false,"questions":[],"furtherSessions":[]}""")!.AsObject(),
            document);
        Assert.False(document.ContainsKey("capacity"));
    }

    [Fact]
    public async Task Put_NoRemindersAndNoFollowUp_IsNotTheDefault()
    {
        var slug = OrganiserSteps.NewSlug();
        await _site.PutAsync(slug, OrganiserSteps.Body(body => (body["reminderMinutes"], body["followUpHours"]) = (new JsonArray(), "none")));

        var document = await OrganiserSteps.ReadAsync(await _site.EditAsync(slug, body => body["title"] = "Changed"));

        AssertHolds(JsonNode.Parse("""{"title":"Changed","reminderMinutes":[],"followUpHours":"none"}""")!.AsObject(), document);
    }

    [Fact]
    public async Task Put_QuestionsWithoutIds_AreCalledByTheirPlace()
    {
        var document = await OrganiserSteps.ReadAsync(await _site.PutAsync(OrganiserSteps.NewSlug(), OrganiserSteps.Body(body => body["questions"] = Repeated(2, n => new JsonObject { ["text"] = $"Question {n}" }))));

        Assert.Equal(["q1", "q2"], document["questions"]!.AsArray().Select(question => (string)question!["id"]!));
    }

    [Fact]
    public async Task Get_ByAVisitor_HasNoRoomAndNothingThatIsOrganisers()
    {
        var slug = OrganiserSteps.NewSlug();
        await _site.PutAsync(slug, OrganiserSteps.Body(body => (body["status"], body["room"]) = ("published", "https://room.example/secret")));

        var answer = await _site.Client.GetAsync($"/api/webinars/{slug}");
        var list = await _site.Client.GetStringAsync("/api/webinars");
        var document = await OrganiserSteps.ReadAsync(answer);

        Assert.DoesNotContain(document, property => property.Key is "room" or "reminderMinutes" or "followUpHours" or "offersSeats" or "awaitsRecording" or "furtherSessions");
        Assert.Equal("2026-12-08T14:30:00+00:00", (string?)document["sessions"]![0]!["endUtc"]);
        Assert.Contains(slug.Value, list, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list, StringComparison.Ordinal);
        Assert.Equal(["Authorization"], answer.Headers.Vary);
        Assert.Equal(answer.Headers.ETag, (await _site.GetAsOrganiserAsync($"/api/webinars/{slug}")).Headers.ETag);
    }

    [Fact]
    public async Task Get_ADraft_IsForOrganisersOnly()
    {
        var slug = OrganiserSteps.NewSlug();
        await _site.PutAsync(slug, OrganiserSteps.Body());

        var byVisitor = await _site.Client.GetAsync($"/api/webinars/{slug}");
        var byStranger = await _site.SendJsonAsync(HttpMethod.Get, $"/api/webinars/{slug}", headers: headers => headers.Authorization = new("Bearer", "wrong-token-of-32-characters-0000"));
        var byOrganiser = await _site.GetAsOrganiserAsync($"/api/webinars/{slug}");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.OK], new[] { byVisitor, byStranger, byOrganiser }.Select(answer => answer.StatusCode));
        Assert.True(byOrganiser.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain(slug.Value, await _site.Client.GetStringAsync("/api/webinars"), StringComparison.Ordinal);
        Assert.Contains(slug.Value, await (await _site.GetAsOrganiserAsync("/api/webinars")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static JsonArray Repeated(int count, Func<int, JsonNode> item) => new([.. Enumerable.Range(0, count).Select(item)]);

    private static void AssertHolds(JsonObject expected, JsonObject actual) => Assert.All(expected, property =>
        Assert.True(JsonNode.DeepEquals(property.Value, actual[property.Key]), $"{property.Key} is {actual[property.Key]?.ToJsonString()}"));
}
