using System.Runtime.CompilerServices;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Webinars.Series;

/// <summary>
/// The standing list of a webinar that belongs to a series: those who follow it, once. Who follows after that is told about
/// the next one, as they were promised.
/// </summary>
internal sealed class FollowersToInvite(FollowerStore followers) : IListSource
{
    public string? StandingListOf(Webinar webinar) => webinar.Series is { } series ? InvitationKeys.FollowersOf(series) : null;

    public bool Feeds(string list) => InvitationKeys.IsFollowers(list);

    public bool Ends => true;

    public bool KeepsOrder => false;

    /// <summary>Without a follower, too, so that the list is done, and nobody is invited years after it.</summary>
    public Task<bool> HasRowsAsync(Webinar webinar, CancellationToken cancellationToken) => Task.FromResult(true);

    public async IAsyncEnumerable<ListRow> ReadAsync(Webinar webinar, InvitationList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Of a series that the webinar has left, nobody else is invited.
        if (webinar.Series is not { } series || (InvitationKeys.SeriesOf(list.Id) ?? series) != series) yield break;
        var line = list.Done;
        await foreach (var follower in followers.ListAsync(series, list.Position, cancellationToken))
        {
            yield return new() { Line = ++line, Address = follower.Email.Value, Email = follower.Email, Language = follower.Language, Position = follower.Person.Value };
        }
    }

    public Task CloseAsync(WebinarSlug webinar, InvitationList list, CancellationToken cancellationToken) => Task.CompletedTask;
}
