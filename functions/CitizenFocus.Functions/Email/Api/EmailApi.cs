using System.Globalization;
using CitizenFocus.Functions.Email.Providers;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Api;

/// <summary>How sending goes, for organisers: who sends and why, the switch, a plan, and one mail again.</summary>
internal static class EmailApi
{
    private const int MostPlanned = 10_000_000;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/email", Pages.Methods, GetSending).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/email/pause", PauseSending).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/email/resume", ResumeSending).AddEndpointFilter<OrganiserApiFilter>();
        site.MapMethods("/api/email/plan", Pages.Methods, PlanSending).AddEndpointFilter<OrganiserApiFilter>();
        site.MapPost("/api/email/resend", ResendEmail).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> GetSending(HttpContext context, SendingControl control, SendingQuota quota, TimeProvider clock)
    {
        var (now, snapshot) = (clock.GetUtcNow(), await control.ReadAsync(context.RequestAborted));
        var providers = new List<ProviderDocument>();
        foreach (var sender in control.Senders)
        {
            var used = sender.Rate.IsUnlimited ? QuotaState.Unused : await quota.StateOfAsync(sender, context.RequestAborted);
            providers.Add(ProviderDocument.Of(sender, snapshot.CircuitOf(sender)?.Value, used, now));
        }

        return Results.Json(
            new SendingDocument(snapshot.Pause is { } pause ? new(pause.Reason, pause.Since) : null, providers),
            EmailJson.Default.SendingDocument);
    }

    /// <summary>Nothing goes out from now on; what is being handed over this moment may.</summary>
    private static async Task<IResult> PauseSending(HttpContext context, SendingSwitch sending)
    {
        var (pause, refusal) = await ContentBody.ReadAsync(context, (sent, errors) =>
            new PauseDocument(new FieldReader(sent, errors).RequiredLine("reason", 200, "Say why, for the other organisers."), default));
        if (pause is null) return refusal!;

        await sending.PauseAsync(pause.Reason, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ResumeSending(HttpContext context, SendingSwitch sending)
    {
        await sending.ResumeAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> PlanSending(HttpContext context, SendingPlans plans)
    {
        var query = context.Request.Query;
        if (!int.TryParse(query["messages"], NumberStyles.None, CultureInfo.InvariantCulture, out var messages) || messages > MostPlanned)
        {
            var errors = new ValidationErrors();
            errors.Add("messages", string.Create(CultureInfo.InvariantCulture, $"Say how many, from 0 to {MostPlanned:N0}."));
            return Problems.Validation(errors);
        }

        var plan = await plans.ForAsync(messages, isBulk: query["class"] != "transactional", context.RequestAborted);
        return Results.Json(plan, EmailJson.Default.SendingPlan);
    }

    private static async Task<IResult> ResendEmail(HttpContext context, Resend resend)
    {
        var (wanted, refusal) = await ContentBody.ReadAsync(context, ValidateResend);
        if (wanted is null) return refusal!;

        return await resend.RunAsync(wanted.Person, wanted.Key, context.RequestAborted) switch
        {
            ResendOutcome.Queued => Results.Accepted(),
            ResendOutcome.Missing => Problems.Of(StatusCodes.Status404NotFound, "There is no such e-mail"),
            ResendOutcome.NotEnded => Problems.Of(StatusCodes.Status409Conflict, "It was sent, or is about to be", "Only what ended without being sent can be sent again."),
            _ => throw new InvalidOperationException("No such outcome."),
        };
    }

    private static DueEmail? ValidateResend(Submission.Fields sent, ValidationErrors errors)
    {
        if (!PersonId.TryParse(sent.Text("person"), out var person)) errors.Add("person", "Send the person's id, as the trace has it.");
        if (!DeliveryKey.TryParse(sent.Text("key"), out var key)) errors.Add("key", "Send the e-mail's key, as the trace has it.");
        return errors.Count > 0 ? null : new() { Person = person, Key = key! };
    }
}
