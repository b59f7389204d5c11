using System.Text.Json;
using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// The queue that says of which webinar there may be somebody to invite; its messages are those of <see cref="Announcements"/>,
/// and are put before what they announce is committed.
/// </summary>
internal sealed class InvitationAnnouncements(Hosting.Storage storage, TimeProvider clock)
{
    public const string QueueName = "invitations";

    private readonly QueueClient _queue = storage.Queue(QueueName);

    /// <summary>Announces before the commit, and again where that took so long that the first may have been read too early.</summary>
    public Task<T> AroundAsync<T>(WebinarSlug webinar, Func<Task<T>> commit, CancellationToken cancellationToken) =>
        Announcements.AroundAsync(() => AnnounceAsync(webinar, Announcements.Delay, cancellationToken), commit, clock);

    /// <param name="delay">At most 7 days: the service's limit on invisibility.</param>
    public Task AnnounceAsync(WebinarSlug webinar, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.PutAsync(JsonSerializer.Serialize(new(webinar.Value), AnnouncementJson.Default.Announcement), delay, clock, cancellationToken);
}
