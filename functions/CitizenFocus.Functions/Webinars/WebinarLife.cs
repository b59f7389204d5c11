using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars.Advancing;
using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// A webinar's life: draft, published, cancelled or ended, archived. It goes one way only, since people act on what they
/// were told. Each step may be asked for again, and is then done already.
/// </summary>
internal sealed class WebinarLife(WebinarService webinars, RegistrationStore registrations, TimeProvider clock)
{
    /// <summary>E-mails are written when they are sent, from what the webinar is then; the slowest sender needs hours for them.</summary>
    private static readonly Duration TellingTakes = Duration.FromDays(1);

    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>It has that status, now or since before.</summary>
        internal sealed record Done(Stored<Webinar> Webinar) : Outcome;

        internal sealed record Refused(string Why, string Remedy) : Outcome;

        internal sealed record NotFound : Outcome;
    }

    public Task<Outcome> PublishAsync(WebinarSlug slug, CancellationToken cancellationToken) => MoveAsync(
        slug,
        WebinarStatus.Published,
        webinar => Task.FromResult(WhyNot(webinar.Status, WebinarStatus.Published)
            ?? (WhyNotToPublish(webinar, Now()) is { } why ? new Outcome.Refused("It cannot be published as it is", $"{why.Field}: {why.Remedy}") : null)),
        cancellationToken);

    public Task<Outcome> CancelAsync(WebinarSlug slug, CancellationToken cancellationToken) => MoveAsync(
        slug,
        WebinarStatus.Cancelled,
        webinar => Task.FromResult(WhyNot(webinar.Status, WebinarStatus.Cancelled)
            ?? (IsOver(webinar, Now()) ? new Outcome.Refused("It is over", "What has taken place cannot be cancelled. Archive it.") : null)),
        cancellationToken);

    public Task<Outcome> ArchiveAsync(WebinarSlug slug, CancellationToken cancellationToken) => MoveAsync(
        slug,
        WebinarStatus.Archived,
        async webinar => webinar.Status switch
        {
            WebinarStatus.Draft => new Outcome.Refused("It was never published", "A draft is not archived: nobody sees it."),
            WebinarStatus.Published when !IsOver(webinar, Now()) => new Outcome.Refused("It is still to come", "Cancel it first, or wait until it is over."),
            _ => await WhyNotToArchiveAsync(webinar, cancellationToken),
        },
        cancellationToken);

    /// <summary>Why the content of a webinar cannot be put with another status than it has.</summary>
    /// <returns><see langword="null"/> where it can.</returns>
    public static Outcome.Refused? WhyNotToPut(WebinarStatus before, WebinarStatus after) => (before, after) switch
    {
        _ when before == after => null,
        (WebinarStatus.Draft, WebinarStatus.Published) => null,
        (WebinarStatus.Published, WebinarStatus.Draft) => new("It is published", "People may have registered, so it is no draft any more. Leave status out, or cancel the webinar."),
        (_, WebinarStatus.Draft or WebinarStatus.Published) => WhyNot(before, WebinarStatus.Published),
        (_, WebinarStatus.Cancelled) => new("Cancelling is a step of its own", "POST to its address with /cancel; leave status out here."),
        (_, WebinarStatus.Archived) => new("Archiving is a step of its own", "POST to its address with /archive; leave status out here."),
        _ => new("A webinar ends by itself", "Leave status out."),
    };

    /// <summary>What stands against publishing it now, and the field that it is about. That there is no room yet does not.</summary>
    public static (string Field, string Remedy)? WhyNotToPublish(Webinar webinar, Instant now)
    {
        if (IsOver(webinar, now)) return ("start", "Choose a start that is still to come.");
        if (!webinar.DateOnly && !webinar.IsBeforeClosing(now)) return ("closesAt", "Choose a time that is still to come, or leave it out.");
        return null;
    }

    /// <summary>Its last session has ended; of one known by its days only, the last day.</summary>
    public static bool IsOver(Webinar webinar, Instant now) =>
        webinar.Status is WebinarStatus.Ended or WebinarStatus.Archived
        || (webinar.DateOnly ? WebinarTimes.LastDay(webinar) < now.InZone(webinar.Zone).Date : webinar.EndInstant <= now);

    private static Outcome.Refused? WhyNot(WebinarStatus before, WebinarStatus after) => (before, after) switch
    {
        (WebinarStatus.Draft, WebinarStatus.Published) or (WebinarStatus.Published, WebinarStatus.Cancelled) => null,
        (WebinarStatus.Draft, _) => new("It was never published", "Nobody knows of a draft, so there is nothing to cancel."),
        (WebinarStatus.Cancelled, _) => new("It was cancelled", "Everybody who registered was told so. Make a new webinar, with a slug of its own."),
        (WebinarStatus.Archived, _) => new("It is archived", "Make a new webinar, with a slug of its own."),
        _ => new("It is over", "Make a new webinar, with a slug of its own."),
    };

    /// <summary>Nothing is done for what is archived: whoever is to be told is told before.</summary>
    private async Task<Outcome.Refused?> WhyNotToArchiveAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(webinar.Slug, "o|", "q}").WithCancellation(cancellationToken))
        {
            if (page.Values.Count > 0) return StillTelling("Some people are still to be answered");
        }

        if (await registrations.FindSeatsAsync(webinar.Slug, cancellationToken) is not { } seats) return null;

        var broadcasts = await registrations.ListBroadcastsAsync(webinar.Slug, cancellationToken);
        if (webinar.Status == WebinarStatus.Cancelled)
        {
            var isDone = IsDone(RowKeys.CallOff) && !(Now() < webinar.RevisedAt + TellingTakes);
            return isDone ? null : StillTelling("People are still being told that it is cancelled");
        }

        if (seats.Value.Confirmed == 0) return null;
        var mailings = Mailing.Of(webinar).Where(mailing => !mailing.IsReminder && Now() < mailing.Until).ToList();
        return mailings.TrueForAll(mailing => IsDone(RowKeys.Mailing(mailing.Key)) && Now() >= mailing.Moment + TellingTakes)
            ? null
            : new("Its follow-up is still to be sent", "Wait until it is, or switch it off: \"followUpHours\": \"none\".");

        bool IsDone(string rowKey) => broadcasts.Any(broadcast => broadcast.Value.RowKey == rowKey && broadcast.Value.IsDone);

        static Outcome.Refused StillTelling(string why) => new(why, "Try again in a day.");
    }

    private async Task<Outcome> MoveAsync(
        WebinarSlug slug, WebinarStatus status, Func<Webinar, Task<Outcome.Refused?>> judge, CancellationToken cancellationToken)
    {
        while (await webinars.FindAsync(slug, cancellationToken) is { } found)
        {
            if (found.Value.Status == status) return new Outcome.Done(found);
            if (await judge(found.Value) is { } refused) return refused;
            await webinars.TryChangeAsync(found.Value with { Status = status }, found.Value, found.ETag, cancellationToken);
        }

        return new Outcome.NotFound();
    }

    private Instant Now() => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
