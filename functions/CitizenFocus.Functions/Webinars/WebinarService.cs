using System.Collections.Concurrent;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Advancing;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>What other features, pages and actions may ask of webinars and do to them.</summary>
internal sealed class WebinarService(
    WebinarStore webinars, RegistrationStore registrations, Announcements announcements, Pages pages, TimeProvider clock)
{
    /// <summary>
    /// How stale the copy may be that a registration goes by, so that it needs no read of its own. Whoever slips in after a
    /// cancellation in another process is answered "closed" when the request is decided.
    /// </summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<WebinarSlug, Copy> _recent = new();

    // Counts the changes made here: a copy that was being read during one is as old as it.
    private int _changes;

    /// <summary>A published, cancelled or past webinar, at most a minute old; <see langword="null"/> for drafts too.</summary>
    public async Task<Webinar?> FindPublicAsync(WebinarSlug slug, CancellationToken cancellationToken)
    {
        var (now, changes) = (clock.GetUtcNow(), Volatile.Read(ref _changes));
        if (_recent.TryGetValue(slug, out var recent) && recent.Changes == changes && now - recent.ReadAt < MaxAge) return recent.Webinar;

        if (await webinars.FindAsync(slug, cancellationToken) is not { Value: { Status: not WebinarStatus.Draft } found })
        {
            _recent.TryRemove(slug, out _);
            return null;
        }

        _recent[slug] = new(found, now, changes);
        return found;
    }

    /// <summary>Seats still free, as far as decided; <see langword="null"/> where there is no limit.</summary>
    public async Task<int?> FreeSeatsAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        if (webinar.Capacity is null) return null;
        var seats = await registrations.FindSeatsAsync(webinar.Slug, cancellationToken);
        return ((seats?.Value ?? new()) with { Capacity = webinar.Capacity }).Free;
    }

    /// <summary>Those to come, the next first, and those that were, the last first: by one read.</summary>
    public async Task<(IReadOnlyList<Webinar> Upcoming, IReadOnlyList<Webinar> Past)> ListForVisitorsAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        var all = await webinars.ListAsync(cancellationToken);
        return (
            [.. all.Where(webinar => webinar.Status == WebinarStatus.Published && webinar.EndInstant > now).OrderBy(webinar => webinar.StartInstant)],
            [.. all.Where(webinar => webinar.Status is WebinarStatus.Published or WebinarStatus.Ended && webinar.EndInstant <= now)
                .OrderByDescending(webinar => webinar.StartInstant)]);
    }

    /// <summary>All of them, drafts too, the latest start first.</summary>
    public async Task<IReadOnlyList<Webinar>> ListForOrganisersAsync(CancellationToken cancellationToken) =>
        [.. (await webinars.ListAsync(cancellationToken)).OrderByDescending(webinar => webinar.StartInstant).ThenBy(webinar => webinar.Slug.Value, StringComparer.Ordinal)];

    /// <summary>What a calendar shows: to come and past, cancelled ones too, so that they leave calendars that have them.</summary>
    public async Task<IReadOnlyList<Webinar>> ListPublishedAsync(CancellationToken cancellationToken) =>
        [.. (await webinars.ListAsync(cancellationToken))
            .Where(webinar => webinar.Status is WebinarStatus.Published or WebinarStatus.Ended or WebinarStatus.Cancelled)
            .OrderBy(webinar => webinar.StartInstant)];

    /// <summary>Drafts among them: for organisers.</summary>
    public Task<Stored<Webinar>?> FindAsync(WebinarSlug slug, CancellationToken cancellationToken) => webinars.FindAsync(slug, cancellationToken);

    /// <returns><see langword="false"/> where one of that slug exists.</returns>
    public async Task<bool> TryAddAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        var added = await webinars.TryAddAsync(webinar, cancellationToken);
        Forget(webinar.Slug);
        return added;
    }

    /// <returns><see langword="false"/> where it changed since <paramref name="etag"/>.</returns>
    public async Task<bool> TryChangeAsync(Webinar changed, Webinar before, ETag etag, CancellationToken cancellationToken)
    {
        changed = changed with { WasCancelled = before.IsCalledOff };
        var isRevised = ShowsInCalendar(changed, before);
        var revised = changed with
        {
            Revision = isRevised ? before.Revision + 1 : before.Revision,
            RevisedAt = isRevised ? Now() : before.RevisedAt,
        };

        // Once more when the change is told, which is later, so that several edits are told at once.
        if (isRevised && (before.Status, changed.Status) is (WebinarStatus.Published, WebinarStatus.Published))
        {
            await announcements.AnnounceAsync(changed.Slug, TakeOver.TellingDelay.ToTimeSpan() + Announcements.Delay, cancellationToken);
        }

        var replaced = await announcements.AroundAsync(
            changed.Slug, () => webinars.TryReplaceAsync(revised, etag, cancellationToken), cancellationToken);
        Forget(changed.Slug);
        return replaced;
    }

    private static bool ShowsInCalendar(Webinar a, Webinar b) =>
        WebinarFace.Of(a) != WebinarFace.Of(b) || a.IsCalledOff != b.IsCalledOff;

    /// <summary>In this process the change shows at once; in others within a minute.</summary>
    private void Forget(WebinarSlug slug)
    {
        Interlocked.Increment(ref _changes);
        _recent.TryRemove(slug, out _);
        pages.Invalidate();
    }

    private sealed record Copy(Webinar Webinar, DateTimeOffset ReadAt, int Changes);

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
