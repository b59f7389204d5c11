using CitizenFocus.Functions.Webinars.Registrations;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>What the seats' row takes over from the webinar, and the rows that go with it.</summary>
internal sealed record TakeOver(Seats Seats, IReadOnlyList<TableTransactionAction> Rows)
{
    /// <summary>An organiser who corrects a correction shall not write to everybody each time.</summary>
    public static readonly Duration TellingDelay = Duration.FromMinutes(10);

    /// <param name="webinar">As it is now.</param>
    /// <param name="before">The seats as they are; <see langword="null"/> where there is no row yet.</param>
    /// <param name="now">The run's time.</param>
    public static TakeOver Of(Webinar webinar, Seats? before, DateTimeOffset now)
    {
        var seats = (before ?? new()) with { Capacity = webinar.Capacity, Revision = webinar.Revision, Status = webinar.Status };
        var rows = new List<TableTransactionAction>();
        if (before is null || before.Revision != webinar.Revision)
        {
            rows.Add(new(TableTransactionActionType.UpsertReplace, RowMapping.Face(webinar.Slug, webinar.Revision, WebinarFace.Of(webinar))));
        }

        if (before is null) return new(seats, rows);

        if (webinar.Status != WebinarStatus.Published)
        {
            seats = seats with { TellAt = null };
            if (webinar.Status == WebinarStatus.Cancelled && before.Status != WebinarStatus.Cancelled) Begin(RowKeys.CallOff);
        }
        else if (before.Revision != webinar.Revision && before.Status == WebinarStatus.Published)
        {
            // From the first edit that is not told yet, so that it does not wait for ever for the last.
            var revisedAt = webinar.RevisedAt?.ToDateTimeOffset() ?? now;
            seats = seats with { TellAt = before.TellAt ?? revisedAt + TellingDelay.ToTimeSpan() };
        }

        if (seats.TellAt <= now)
        {
            seats = seats with { TellAt = null };
            Begin(RowKeys.Change(webinar.Revision));
        }

        return new(seats, rows);

        void Begin(string broadcast) => rows.Add(new(
            TableTransactionActionType.UpsertReplace, RowMapping.ToEntity(webinar.Slug, new Broadcast(broadcast, RowKeys.BeforeRegistrations, IsDone: false))));
    }
}
