using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Digests;

/// <summary>The digest for organisers: what the next issue would be, its opening, holding it, a test, sending it now; and how issues went.</summary>
internal static class DigestApi
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/digest", Pages.Methods, GetDigest).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/digest/issues/{name}", Pages.Methods, GetIssue).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/digest/{cadence}/preview", Pages.Methods, PreviewDigest).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/digest/{cadence}/plan", Pages.Methods, PlanDigest).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPut("/api/digest/{cadence}", ChangeUpcoming).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/digest/{cadence}/test", TestDigest).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/digest/{cadence}/send", SendDigest).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> GetDigest(HttpContext context, DigestStates states, UpcomingIssue upcoming, IssueStore issues, DigestSchedule schedule, Links links, TimeProvider clock)
    {
        var state = (await states.GetAsync(context.RequestAborted)).Value;
        var next = new List<UpcomingDocument>();
        foreach (var cadence in Enum.GetValues<DigestCadence>())
        {
            var due = schedule.NextDue(cadence, Instant.FromDateTimeOffset(clock.GetUtcNow())).ToDateTimeOffset();
            next.Add(UpcomingDocument.Of(cadence, state.Of(cadence), due, await upcoming.ItemsAsync(cadence, context.RequestAborted), links));
        }

        var made = await DigestArchive.ListAsync(issues, context.RequestAborted);
        return Results.Json(new(next, [.. made.Select(issue => IssueDocument.Of(issue, links))]), DigestJson.Default.DigestDocument);
    }

    private static async Task<IResult> GetIssue(HttpContext context, string name, IssueStore issues, IssueProgress progress, Links links)
    {
        if (await issues.FindByNameAsync(name, context.RequestAborted) is not { } issue) return Problems.Of(StatusCodes.Status404NotFound, "There is no such issue");
        var (done, counts) = await progress.OfAsync(issue.Key, context.RequestAborted);
        return Results.Json(IssueDocument.Of(issue, links) with { Progress = ProgressDocument.Of(done, counts) }, DigestJson.Default.IssueDocument);
    }

    private static async Task<IResult> PreviewDigest(HttpContext context, string cadence, UpcomingIssue upcoming)
    {
        if (IssueKey.FindCadence(cadence) is not { } known) return NoCadence();
        var nobody = PersonId.FromHash(new byte[32]);
        return await upcoming.RenderAsync(known, nobody, EmailAddress.Parse("subscriber@example.org"), new IssueKey(known, 0).DeliveryKey, context.RequestAborted) is { } email
            ? Results.Json(new(email.Subject, email.Text, email.Html), DigestJson.Default.PreviewDocument)
            : NothingNew();
    }

    private static async Task<IResult> PlanDigest(HttpContext context, string cadence, SubscriberStore subscribers, SendingPlans plans)
    {
        if (IssueKey.FindCadence(cadence) is not { } known) return NoCadence();
        var count = await subscribers.CountAsync(known, context.RequestAborted);
        return Results.Json(await plans.ForAsync(count, isBulk: true, context.RequestAborted), DigestJson.Default.SendingPlan);
    }

    private static async Task<IResult> ChangeUpcoming(HttpContext context, string cadence, ChangeUpcomingIssue change)
    {
        if (IssueKey.FindCadence(cadence) is not { } known) return NoCadence();
        var (wanted, refusal) = await ContentBody.ReadAsync(context, (sent, errors) =>
        {
            var fields = new FieldReader(sent, errors);
            return new UpcomingChange(sent.Has("opening") ? fields.Text("opening", DigestText.MaxOpeningLength) : null, sent.Has("isHeld") ? fields.Flag("isHeld", false) : null);
        });
        if (wanted is null) return refusal!;
        await change.RunAsync(known, wanted, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> TestDigest(HttpContext context, string cadence, UpcomingIssue upcoming, TestStore tests, TestEmails emails, EmailQueue queue, PersonIds people)
    {
        if (IssueKey.FindCadence(cadence) is not { } known) return NoCadence();
        var (typed, refusal) = await ContentBody.ReadAsync(context, (sent, errors) =>
        {
            if (!EmailAddress.TryParse(sent.Text("email"), out _)) errors.Add("email", "Send the address to test with, such as name@example.org.");
            return sent.Text("email");
        });
        if (typed is null) return refusal!;
        if ((await upcoming.ItemsAsync(known, context.RequestAborted)).Count == 0) return NothingNew();

        var address = EmailAddress.Parse(typed);
        await tests.PutAsync(people.Of(address), address, context.RequestAborted);
        await queue.EnqueueAsync(people.Of(address), emails.NewKey(known), TimeSpan.Zero, context.RequestAborted);
        return Results.Accepted();
    }

    /// <summary>Made is sent: what a process that died here left to do, the timer does within five minutes.</summary>
    private static async Task<IResult> SendDigest(HttpContext context, string cadence, MakeIssue make, MakeDigests digests, Links links)
    {
        if (IssueKey.FindCadence(cadence) is not { } known) return NoCadence();
        if (await make.NowAsync(known, context.RequestAborted) is not { } issue) return NothingNew();
        await digests.QueueAsync(known, context.RequestAborted);
        return Results.Json(IssueDocument.Of(issue, links), DigestJson.Default.IssueDocument, statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult NoCadence() => Problems.Of(StatusCodes.Status404NotFound, "There is no such digest", "Ask for weekly or monthly.");

    private static IResult NothingNew() => Problems.Of(StatusCodes.Status409Conflict, "There is nothing new", "An issue is made of what was published since the last one.");
}
