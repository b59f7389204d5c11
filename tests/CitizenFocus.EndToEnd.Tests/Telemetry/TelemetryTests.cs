using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CitizenFocus.EndToEnd.Tests.Pages;
using CitizenFocus.Testing;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>What leaves the app for a collector, while people do all that people do there.</summary>
public sealed partial class TelemetryTests(ObservedSite observed) : IClassFixture<ObservedSite>
{
    private const string Token = "local-development-only-organisers-token";
    private const string Registrant = "olivia.telemetry@city.example";
    private const string Subscriber = "sam.telemetry@city.example";
    private const string Proposer = "petra.telemetry@city.example";
    private const string Invited = "ingrid.telemetry@city.example";

    [Fact]
    public async Task Registration_FromTheFormToTheProvider_IsOneTree()
    {
        await RegisterAsync(Registrant);
        await observed.Site.Mailbox.WaitForAsync(Registrant, "You are registered");
        var spans = await Eventually.Async(() => Task.FromResult(TreeOfTheRegistration()), found => found.Any(span => span.Name == "send pickup"));

        // The announcement, the commit with its transaction, the decision, the e-mail, and the call of the provider.
        var root = Assert.Single(spans, span => spans.All(other => other.Id != span.ParentId));
        Assert.Equal(("POST /webinars/{slug}/registrations", Span.Server), (root.Name, root.Kind));
        AssertPath(spans, "send pickup", "SendEmail process", "send emails", "AdvanceWebinar process", "send webinars", root.Name);
        AssertPath(spans, "EntityGroupTransaction", "commit", root.Name);
        Assert.All(spans.Where(span => span.Name.EndsWith("process", StringComparison.Ordinal)), span => Assert.Equal(Span.Consumer, span.Kind));
        Assert.Equal(root.Attributes["faas.invocation_id"], Guid.Parse(root.Attributes["faas.invocation_id"]).ToString());
    }

    [Fact]
    public async Task MainJob_WithAllSignalsOn_TellsNobodyWhoItWas()
    {
        var secrets = new List<string> { Registrant, Subscriber, Proposer, Invited, "telemetry%40", "Olivia Ozone", "Petra Plum", "Ingrid Iris", Token };
        await LiveAsync(secrets);
        await FailAsync();

        // Every signal has come, and what was done last is in it.
        await Eventually.Async(() => Task.FromResult(observed.Collector.Spans.Any(span => span.Name.StartsWith("POST /api/email/trace", StringComparison.Ordinal))), found => found);
        await Eventually.Async(() => Task.FromResult(observed.Collector.Has("metrics", "citizenfocus.emails")), found => found);
        await Eventually.Async(() => Task.FromResult(observed.Collector.Has("logs", "trouble=function-failed")), found => found);
        Assert.Equal(
            [],
            from place in new[] { ("traces", Text("traces")), ("metrics", Text("metrics")), ("logs", Text("logs")), ("console", string.Join('\n', AppLines.Select(line => line.Text))) }
            from secret in secrets.Distinct(StringComparer.Ordinal)
            where place.Item2.Contains(secret, StringComparison.OrdinalIgnoreCase)
            select $"{place.Item1}: {secret}, in {Around(place.Item2, secret)}");
    }

    [Fact]
    public async Task Metrics_OfTheMainJob_AreThere()
    {
        await RegisterAsync(Registrant);
        await observed.Site.Mailbox.WaitForAsync(Registrant, "You are registered");
        string[] names =
        [
            "citizenfocus.registrations", "citizenfocus.decisions", "citizenfocus.seats", "citizenfocus.emails", "citizenfocus.cold_start.duration",
            "azure.storage.client.operation.duration", "http.server.request.duration", "EntityGroupTransaction", "PutMessage", "confirmation", "Accepted",
        ];

        await Eventually.Async(() => Task.FromResult(string.Join(", ", names.Where(name => !observed.Collector.Has("metrics", name)))), missing => missing.Length == 0);
    }

    [Fact]
    public async Task ConsoleLines_OfAFailure_AreSortedRightAndBearTheInvocation()
    {
        await FailAsync();

        var lines = await Eventually.Async(
            () => Task.FromResult(AppLines.Where(line => line.Text.Contains("trouble=function-failed", StringComparison.Ordinal)).ToList()), found => found.Count > 0);
        Assert.All(lines, line => Assert.Equal(LogLevel.Error, line.Level));
        Assert.All(lines, line => Assert.Matches(@"invocation=[0-9a-f-]{36} trace=[0-9a-f]{32}", line.Text));

        // One event is one line: the fault's stack is in it.
        Assert.Contains(lines, line => line.Text.Contains("FormatException", StringComparison.Ordinal) && line.Text.Contains(" at ", StringComparison.Ordinal));
        Assert.DoesNotContain(observed.Console.All, line => line.Text.StartsWith("app |    at ", StringComparison.Ordinal));
    }

    private IEnumerable<(LogLevel Level, string Text)> AppLines => observed.Console.All.Where(line => line.Text.StartsWith("app | ", StringComparison.Ordinal));

    private string Text(string signal) => string.Join('\n', observed.Collector.Bodies(signal));

    private List<Span> TreeOfTheRegistration()
    {
        var spans = observed.Collector.Spans;
        var trace = spans.FirstOrDefault(span => span.Name == "POST /webinars/{slug}/registrations")?.TraceId;
        return [.. spans.Where(span => span.TraceId == trace)];
    }

    /// <summary>Holds that one span's ancestors are those, in this order, whatever stands between them.</summary>
    private static void AssertPath(IReadOnlyList<Span> spans, string name, params string[] ancestors)
    {
        var byId = spans.ToDictionary(span => span.Id);
        var path = new List<string>();
        for (var span = spans.First(span => span.Name == name); byId.TryGetValue(span.ParentId, out var parent); span = parent) path.Add(parent.Name);
        Assert.Equal(ancestors, path.Where(ancestors.Contains));
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)];
    }

    private async Task RegisterAsync(string email)
    {
        using var answer = await PostAsync(ReceivedPage.Path, ("name", "Olivia Ozone"), ("email", email), ("consent", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    /// <summary>Registers, looks, cancels, undoes; subscribes, changes, leaves; proposes; is invited; is traced.</summary>
    private async Task LiveAsync(List<string> secrets)
    {
        await RegisterAsync(Registrant);
        await FollowAsync(await observed.Site.Mailbox.WaitForAsync(Registrant, "You are registered"), secrets);
        await PostAsync("/digest/subscriptions", ("email", Subscriber));
        await FollowAsync(await observed.Site.Mailbox.WaitForAsync(Subscriber, "Do you want the digest?"), secrets);
        await PostAsync(
            "/commitments", ("title", "Benches"), ("summary", "More of them"), ("text", "We will."), ("organisation", "Bench Works"), ("country", "BE"), ("name", "Petra Plum"), ("email", Proposer), ("consent", "on"));
        await FollowAsync(await observed.Site.Mailbox.WaitForAsync(Proposer, ""), secrets);
        await OrganiseAsync($"/api/webinars/{WebinarPage.Slug}/invitations", $"email,name\n{Invited},Ingrid Iris\n", "text/csv");
        await FollowAsync(await observed.Site.Mailbox.WaitForAsync(Invited, ""), secrets);
        await OrganiseAsync("/api/email/suppressions/find", $$"""{"email":"{{Registrant}}"}""", "application/json");
        await OrganiseAsync("/api/email/trace", $$"""{"email":"{{Registrant}}"}""", "application/json");
        var persons = await new TableServiceClient(observed.Site.Storage).GetTableClient("Deliveries").QueryAsync<TableEntity>().ToListAsync();
        secrets.AddRange(persons.Select(row => row.PartitionKey));
    }

    /// <summary>Opens each link of a mail, and presses each button that is a form's without a field; their tokens must not be told.</summary>
    private async Task FollowAsync(MimeMessage mail, List<string> secrets)
    {
        foreach (var link in Links().Matches(mail.TextBody!).Select(match => new Uri(match.Value)).Where(link => link.Authority == observed.Site.Host.BaseAddress.Authority))
        {
            secrets.AddRange(link.AbsolutePath.Split('/').Where(part => part.Length > 30));
            using var page = await observed.Site.Client.GetAsync(link);
            using var pressed = await observed.Site.Client.PostAsync(link, new FormUrlEncodedContent([]));
        }
    }

    /// <summary>A message that no release ever wrote.</summary>
    private async Task FailAsync()
    {
        var queue = new QueueServiceClient(observed.Site.Storage, new() { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient("emails");
        await queue.SendMessageAsync("""{"person":"nobody@city.example"}""");
    }

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await observed.Site.Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private async Task OrganiseAsync(string path, string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)) };
        request.Headers.Authorization = new("Bearer", Token);
        using var answer = await observed.Site.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links();
}
