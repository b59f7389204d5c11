using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Series;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// How an invited person gets no more of it. An invitation that came for following a series ends that, and nothing else:
/// the person asked for it, and may still be invited by others; any other ends all invitations.
/// </summary>
internal static class InvitationUnsubscription
{
    private const string UnsubscribeInvitation = nameof(UnsubscribeInvitation);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/invitations/{token}/unsubscribe", Pages.Methods, ShowUnsubscription);
        site.MapPost("/invitations/{token}/unsubscribe", Unsubscribe).WithName(UnsubscribeInvitation);
    }

    private static async Task<IResult> ShowUnsubscription(
        HttpContext context, string token, Pages pages, FindInvitation find, Suppressions suppressions, FollowerStore followers) =>
        await find.ByTokenAsync(token, context.RequestAborted) is var (webinar, invitation)
            ? await PageAsync(context, pages, token, webinar, invitation, await IsDoneAsync(webinar, invitation, suppressions, followers, context.RequestAborted))
            : await UnknownLink.AnswerAsync(context, pages);

    /// <summary>Whatever the body says, or says not: a client that gets it wrong still means it.</summary>
    private static async Task<IResult> Unsubscribe(
        HttpContext context, string token, Pages pages, FindInvitation find, Suppressions suppressions, FollowerStore followers, Links links)
    {
        if (await find.ByTokenAsync(token, context.RequestAborted) is not var (webinar, invitation)) return await UnknownLink.AnswerAsync(context, pages);

        if (invitation.SeriesIn(webinar) is { } series) await followers.RemoveAsync(series, invitation.Person, context.RequestAborted);
        else await suppressions.AddAsync(invitation.Person, SuppressionCause.Unsubscribed, context.RequestAborted);

        // RFC 8058 section 3.1: the answer to one-click must not be a redirect.
        var isOneClick = await RequestBody.ReadAsync(context) is Submission.Fields sent && sent.Text("List-Unsubscribe") is not null;
        return isOneClick
            ? await PageAsync(context, pages, token, webinar, invitation, isDone: true)
            : new SeeOther(links.InvitationUnsubscription(token));
    }

    private static async Task<bool> IsDoneAsync(
        Webinar webinar, Invitation invitation, Suppressions suppressions, FollowerStore followers, CancellationToken cancellationToken) =>
        invitation.SeriesIn(webinar) is { } series
            ? !await followers.ExistsAsync(series, invitation.Person, cancellationToken)
            : await suppressions.FindAsync(invitation.Person, cancellationToken) is not null;

    private static Task<IResult> PageAsync(HttpContext context, Pages pages, string token, Webinar webinar, Invitation invitation, bool isDone) =>
        pages.PageAsync<InvitationUnsubscribedPage>(context, new Dictionary<string, object?>
        {
            [nameof(InvitationUnsubscribedPage.Webinar)] = webinar,
            [nameof(InvitationUnsubscribedPage.Token)] = token,
            [nameof(InvitationUnsubscribedPage.IsOfSeries)] = invitation.SeriesIn(webinar) is not null,
            [nameof(InvitationUnsubscribedPage.IsDone)] = isDone,
        });
}
