using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The rows of a webinar's partition that are about its line and its seats, beside the registrations.</summary>
internal static class RowMapping
{
    private const int SchemaVersion = 2;

    public static TableEntity Request(Registration registration) =>
        InLine(registration.Webinar, RowKeys.Request(registration.RequestedAt.UtcTicks, registration.Person), registration.Sequence, registration.IsApproved);

    /// <summary>A row of <c>q</c>, <c>w</c> or <c>f</c>: its key says when and who, its columns what the decision goes by.</summary>
    /// <param name="sequence">Of the calendar entry to come.</param>
    /// <param name="isFavoured">Of <c>q</c>: approved, or invited by an organiser; of <c>w</c>: answered, so that the seat is given and not offered again.</param>
    /// <param name="place">Of <c>f</c>: the place in line that the offer came from.</param>
    public static TableEntity InLine(WebinarSlug webinar, string rowKey, int sequence, bool isFavoured = false, long place = 0)
    {
        var entity = new TableEntity(webinar.Value, rowKey) { ["SchemaVersion"] = SchemaVersion, ["Sequence"] = sequence };
        if (isFavoured) entity["Favoured"] = true;
        if (place > 0) entity["Place"] = place;
        return entity;
    }

    public static LineEntry LineEntryFrom(TableEntity entity)
    {
        var (number, person) = RowKeys.ParseNumbered(entity.RowKey);
        return new(entity.RowKey, number, person, entity.GetInt32("Sequence") ?? 0, entity.GetBoolean("Favoured") ?? false, entity.GetInt64("Place") ?? 0);
    }

    public static TableEntity ToEntity(WebinarSlug webinar, Seats seats)
    {
        var entity = new TableEntity(webinar.Value, RowKeys.Seats)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Confirmed"] = seats.Confirmed,
            ["Offered"] = seats.Offered,
            ["Held"] = seats.Held,
            ["Waiting"] = seats.Waiting,
            ["LastPlace"] = seats.LastPlace,
            ["Revision"] = seats.Revision,
            ["Status"] = seats.Status.ToString(),
        };
        if (seats.Capacity is { } capacity) entity["Capacity"] = capacity;
        if (seats.TellAt is { } tellAt) entity["TellAt"] = tellAt;
        return entity;
    }

    public static Seats SeatsFromEntity(TableEntity entity) => new()
    {
        Confirmed = entity.GetInt32("Confirmed") ?? 0,
        Offered = entity.GetInt32("Offered") ?? 0,
        Held = entity.GetInt32("Held") ?? 0,
        Waiting = entity.GetInt32("Waiting") ?? 0,
        LastPlace = entity.GetInt64("LastPlace") ?? 0,
        Capacity = entity.GetInt32("Capacity"),
        Revision = entity.GetInt32("Revision") ?? 0,
        TellAt = entity.GetDateTimeOffset("TellAt"),
        Status = Enum.Parse<WebinarStatus>(entity.Required("Status")),
    };

    public static TableEntity ToEntity(WebinarSlug webinar, Broadcast broadcast)
    {
        var entity = new TableEntity(webinar.Value, broadcast.RowKey) { ["SchemaVersion"] = SchemaVersion, ["After"] = broadcast.After, ["Done"] = broadcast.IsDone };
        if (broadcast.AgainFrom is { } againFrom) entity["AgainFrom"] = againFrom;
        entity["Revision"] = broadcast.Revision;
        return entity;
    }

    public static Broadcast BroadcastFrom(TableEntity entity) => new(
        entity.RowKey,
        entity.GetString("After") ?? RowKeys.BeforeRegistrations,
        entity.GetBoolean("Done") ?? false,
        entity.GetDateTimeOffset("AgainFrom"),
        entity.GetInt32("Revision") ?? 0);

    /// <summary>How the webinar was at a revision that people were told.</summary>
    public static TableEntity Face(WebinarSlug webinar, int revision, WebinarFace face)
    {
        var entity = new TableEntity(webinar.Value, RowKeys.Face(revision)) { ["SchemaVersion"] = SchemaVersion };
        face.WriteTo(entity);
        return entity;
    }
}

/// <summary>A row of <c>q</c>, <c>w</c> or <c>f</c>.</summary>
/// <param name="Number">What the order goes by, or when an offer ends: in ticks.</param>
/// <param name="Place">Of <c>f</c>: where the person stood in line.</param>
internal sealed record LineEntry(string RowKey, long Number, PersonId Person, int Sequence, bool IsFavoured, long Place);

/// <summary>A row of <c>x</c>: an e-mail to many, and how far it got.</summary>
/// <param name="After">The key of the last registration that was seen to.</param>
/// <param name="AgainFrom">A reminder that began early goes through once more, for who was told since then.</param>
/// <param name="Revision">Of the webinar, when it was begun.</param>
internal sealed record Broadcast(string RowKey, string After, bool IsDone, DateTimeOffset? AgainFrom = null, int Revision = 0);
