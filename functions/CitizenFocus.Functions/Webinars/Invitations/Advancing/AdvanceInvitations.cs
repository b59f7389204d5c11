using CitizenFocus.Functions.Hosting;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// Invites whoever is to be invited to one webinar and was not, as soon as they can register. Level-triggered: run twice,
/// at once, or after a crash anywhere, each gets one e-mail.
/// </summary>
internal sealed class AdvanceInvitations(
    WebinarStore webinars, InvitationStore invitations, AdvanceList advanceList, IEnumerable<IListSource> sources, InvitationAnnouncements announcements, TimeProvider clock)
    : IQueueFunction
{
    public const string FunctionName = "AdvanceInvitations";

    /// <summary>Half of the host's functionTimeout: a step that hangs must not be the one that is killed.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    private readonly SharedRuns<WebinarSlug> _runs = new();
    private readonly IReadOnlyList<IListSource> _sources = [.. sources];

    public Task RunAsync(QueueInvocation message, CancellationToken cancellationToken)
    {
        var slug = Announcements.Parse(message.Text);
        return _runs.RunAsync(slug, () => AdvanceAsync(slug, CancellationToken.None));
    }

    private async Task AdvanceAsync(WebinarSlug slug, CancellationToken cancellationToken)
    {
        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: var webinar }) return;

        var (now, started) = (Instant.FromDateTimeOffset(clock.GetUtcNow()), clock.GetTimestamp());
        var lists = await invitations.ListListsAsync(slug, cancellationToken);
        if (IsOver(webinar, now))
        {
            foreach (var list in lists.Where(list => list.State != InvitationListState.Done)) await advanceList.EndAsync(slug, list.Id, SourceOf(list.Id), cancellationToken);
            return;
        }

        // An invitation that cannot be accepted yet would be a disappointment: all wait until it can.
        if (!webinar.AcceptsRegistrations(now)) return;

        foreach (var list in (await BeginAsync(webinar, lists, cancellationToken)).Where(list => list.State != InvitationListState.Done))
        {
            if (await advanceList.RunAsync(webinar, list.Id, SourceOf(list.Id), () => clock.GetElapsedTime(started) >= LongestRun, cancellationToken)) continue;

            await announcements.AnnounceAsync(slug, TimeSpan.Zero, cancellationToken);
            return;
        }
    }

    /// <summary>Begins the standing lists that have somebody on them.</summary>
    private async Task<IReadOnlyList<InvitationList>> BeginAsync(Webinar webinar, IReadOnlyList<InvitationList> lists, CancellationToken cancellationToken)
    {
        List<InvitationList> all = [.. lists];
        foreach (var source in _sources)
        {
            if (source.StandingListOf(webinar) is not { } name || lists.Any(list => list.Id == name) || !await source.HasRowsAsync(webinar, cancellationToken)) continue;
            var list = new InvitationList { Id = name, State = InvitationListState.Running, CreatedAt = clock.GetUtcNow() };
            await invitations.TryAddListAsync(webinar.Slug, list, cancellationToken);
            all.Add(list);
        }

        return all;
    }

    private static bool IsOver(Webinar webinar, Instant now) =>
        webinar.Status is WebinarStatus.Cancelled or WebinarStatus.Ended or WebinarStatus.Archived || (webinar.Status == WebinarStatus.Published && webinar.EndInstant <= now);

    private IListSource SourceOf(string list) => _sources.Single(source => source.Feeds(list));
}
