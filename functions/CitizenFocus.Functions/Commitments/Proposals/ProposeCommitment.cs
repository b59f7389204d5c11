using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using Fields = CitizenFocus.Functions.Commitments.ProposalFormModel.Fields;

namespace CitizenFocus.Functions.Commitments;

/// <summary>A visitor proposes a commitment. Nobody but organisers sees it before one of them publishes it.</summary>
internal static class ProposeCommitment
{
    /// <summary>The wording beside the box. Whoever changes the wording changes this.</summary>
    private const string ConsentVersion = "2026-11-27";

    /// <summary>20,000 characters of any script as a form sends them.</summary>
    private const int MaxBodyBytes = 256 * 1024;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods($"/commitments/{CommitmentPages.ProposePath}", Pages.Methods, ShowForm);
        site.MapMethods($"/commitments/{CommitmentPages.ProposePath}/received", Pages.Methods, ShowReceived);
        site.MapPost("/commitments", Propose).WithName(nameof(ProposeCommitment));
    }

    private static Task<IResult> ShowForm(HttpContext context, Pages pages, FormTokens forms) =>
        pages.CachedPageAsync<ProposalPage>(context, "propose a commitment", _ => Task.FromResult<IDictionary<string, object?>?>(Parameters(new() { FormToken = forms.Issue() })));

    private static Task<IResult> ShowReceived(HttpContext context, Pages pages) => pages.PageAsync<ProposalReceivedPage>(context, new Dictionary<string, object?>());

    private static async Task<IResult> Propose(
        HttpContext context,
        Pages pages,
        CommitmentStore commitments,
        ProposerMail mail,
        PersonIds personIds,
        FormTokens forms,
        ClientRateLimit rateLimit,
        CommitmentOptions options,
        Links links,
        TimeProvider clock)
    {
        if (rateLimit.TryTake("proposals", context, options.ProposalsPerMinute) is { } wait) return await pages.TooManyRequestsAsync(context, wait);
        switch (await RequestBody.ReadAsync(context, MaxBodyBytes))
        {
            case Submission.Refused(var answer):
                return answer;

            case Submission.Robot:
                return Received(context, links);

            case Submission.Fields sent:
                var errors = new ValidationErrors();
                if (Validate(sent, RequestLanguage.Of(context.Request), clock.GetUtcNow(), personIds, errors) is not { } proposal) return await WrongAsync(context, pages, forms, sent, errors);

                await AddAsync(proposal, commitments, mail, context.RequestAborted);
                return Received(context, links);

            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    /// <summary>One transaction holds the proposal and the word that an e-mail is owed for it.</summary>
    private static async Task AddAsync(Commitment proposal, CommitmentStore commitments, ProposerMail mail, CancellationToken cancellationToken)
    {
        var owed = ProposalDeliveries.Owe(ProposalDeliveries.ReceivedKind, proposal);
        if (!await commitments.TryAddAsync(proposal, owed, null, cancellationToken)) throw new InvalidOperationException("A random id was taken.");
        await mail.SendAsync(owed, cancellationToken);
    }

    /// <returns><see langword="null"/> where there is any error.</returns>
    private static Commitment? Validate(Submission.Fields sent, string language, DateTimeOffset now, PersonIds personIds, ValidationErrors errors)
    {
        var content = CommitmentInput.Content(CommitmentId.New(sent.Text(Fields.Title) ?? ""), sent, now, errors);
        var name = new FieldReader(sent, errors).RequiredLine(Fields.Name, ProposalFormModel.MaxNameLength, "Enter your name.");

        var typed = sent.Text(Fields.Email);
        if (string.IsNullOrWhiteSpace(typed)) errors.Add(Fields.Email, "Enter your e-mail address.");
        else if (!EmailAddress.TryParse(typed, out _)) errors.Add(Fields.Email, "Enter an e-mail address like name@example.org.");
        if (!sent.IsTicked(Fields.Consent)) errors.Add(Fields.Consent, "Tick the box to agree: without it we may not publish your commitment.");
        if (errors.Count > 0 || !EmailAddress.TryParse(typed, out var email)) return null;

        return content with { Author = name, Proposer = new() { Person = personIds.Of(email), Email = email, ConsentVersion = ConsentVersion, Language = language } };
    }

    private static IResult Received(HttpContext context, Links links) => Negotiation.WantsJson(context.Request)
        ? Results.Json(
            new ProposalReceivedDocument("received", "An organiser reads it; an e-mail says when it is published, or why not."),
            CommitmentJson.Default.ProposalReceivedDocument,
            statusCode: StatusCodes.Status202Accepted)
        : new SeeOther(links.CommitmentProposed);

    private static async Task<IResult> WrongAsync(HttpContext context, Pages pages, FormTokens forms, Submission.Fields sent, ValidationErrors errors) =>
        Negotiation.WantsJson(context.Request)
            ? Problems.Validation(errors)
            : await pages.PageAsync<ProposalPage>(context, Parameters(ProposalFormModel.From(sent, errors, forms.Issue())), StatusCodes.Status400BadRequest);

    private static Dictionary<string, object?> Parameters(ProposalFormModel model) => new() { [nameof(ProposalPage.Model)] = model };
}
