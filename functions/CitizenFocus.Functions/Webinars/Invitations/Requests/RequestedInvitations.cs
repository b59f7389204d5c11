using System.Runtime.CompilerServices;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The standing list of those who asked for an invitation: each request goes with the step that answers it.</summary>
internal sealed class RequestedInvitations(InvitationStore invitations) : IListSource
{
    public string? StandingListOf(Webinar webinar) => InvitationKeys.Requests;

    public bool Feeds(string list) => list == InvitationKeys.Requests;

    public bool Ends => false;

    public bool KeepsOrder => true;

    public async Task<bool> HasRowsAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        await foreach (var _ in invitations.RequestsAsync(webinar.Slug).WithCancellation(cancellationToken)) return true;
        return false;
    }

    public async IAsyncEnumerable<ListRow> ReadAsync(Webinar webinar, InvitationList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = list.Done;
        await foreach (var row in invitations.RequestsAsync(webinar.Slug).WithCancellation(cancellationToken))
        {
            var email = InvitationMapping.EmailOf(row);
            yield return new() { Line = ++line, Address = email.Value, Email = email, RequestKey = row.RowKey };
        }
    }

    public Task CloseAsync(WebinarSlug webinar, InvitationList list, CancellationToken cancellationToken) => Task.CompletedTask;
}
