using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Joining;

/// <summary>What a link to the room answers that does not work: when and where the webinar is, and a way to the right one.</summary>
internal sealed class WrongJoinLink(Pages pages, WebinarService webinars, FormTokens forms, TimeProvider clock)
{
    private const int MostListed = 10;

    public async Task<IResult> AnswerAsync(HttpContext context, JoinLink link)
    {
        var (status, webinar) = link switch
        {
            JoinLink.Old(var known) => (StatusCodes.Status410Gone, known),
            JoinLink.Wrong(var guessed) => (StatusCodes.Status404NotFound, guessed),
            _ => throw new InvalidOperationException($"No answer for {link}."),
        };

        context.Response.Headers.Vary = "Accept";
        if (Negotiation.WantsJson(context.Request))
        {
            return Problems.Of(status, "This link does not work", "The right one stands in the confirmation, which the webinar's page sends again.");
        }

        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        return await pages.PageAsync<WrongJoinLinkPage>(
            context,
            new Dictionary<string, object?>
            {
                [nameof(WrongJoinLinkPage.Model)] = new WrongJoinLinkPageModel
                {
                    Webinar = webinar,
                    IsOld = link is JoinLink.Old,
                    Resend = webinar?.IsRunning(now) == true ? new() { FormToken = forms.Issue() } : null,
                    Upcoming = webinar is null ? [.. (await webinars.ListForVisitorsAsync(context.RequestAborted)).Upcoming.Take(MostListed)] : [],
                },
            },
            status);
    }
}

public sealed record WrongJoinLinkPageModel
{
    /// <summary>The webinar that the link was for; <see langword="null"/> where that cannot be told.</summary>
    public Webinar? Webinar { get; init; }

    /// <summary>It worked once: the registration is gone or was cancelled.</summary>
    public bool IsOld { get; init; }

    /// <summary><see langword="null"/> where no link is right any more.</summary>
    public ConfirmationRequestFormModel? Resend { get; init; }

    /// <summary>To choose from, where <see cref="Webinar"/> is not known.</summary>
    public IReadOnlyList<Webinar> Upcoming { get; init; } = [];
}
