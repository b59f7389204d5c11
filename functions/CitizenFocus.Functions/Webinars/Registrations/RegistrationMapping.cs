using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The rows of a webinar's partition as records and back.</summary>
internal static class RegistrationMapping
{
    private const int SchemaVersion = 1;

    public static TableEntity ToEntity(Registration registration)
    {
        var entity = new TableEntity(registration.Webinar.Value, RowKeys.Registration(registration.Person))
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Status"] = registration.Status.ToString(),
            ["Sequence"] = registration.Sequence,
            ["Name"] = registration.Name,
            ["Email"] = registration.Email.Value,
            ["Language"] = registration.Language,
            ["RequestedAt"] = registration.RequestedAt,
            ["ConsentVersion"] = registration.ConsentVersion,
            ["OperationId"] = registration.OperationId,
        };
        if (registration.Organisation is { } organisation) entity["Organisation"] = organisation;
        if (registration.Country is { } country) entity["Country"] = country;
        if (registration.TimeZone is { } timeZone) entity["TimeZone"] = timeZone;
        if (registration.Place is { } place) entity["Place"] = place;
        if (registration.UndoUntil is { } undoUntil) entity["UndoUntil"] = undoUntil;
        if (registration.JoinedAt is { } joinedAt) entity["JoinedAt"] = joinedAt;
        return entity;
    }

    public static Registration FromEntity(TableEntity entity) => new()
    {
        Webinar = WebinarSlug.Parse(entity.PartitionKey),
        Person = RowKeys.PersonOf(entity.RowKey),
        Status = Enum.Parse<RegistrationStatus>(entity.Required("Status")),
        Sequence = entity.GetInt32("Sequence") ?? 0,
        Name = entity.Required("Name"),
        Email = EmailAddress.TryParse(entity.GetString("Email"), out var email) ? email : throw new InvalidDataException("A registration's address does not parse."),
        Organisation = entity.GetString("Organisation"),
        Country = entity.GetString("Country"),
        Language = entity.GetString("Language") ?? "en",
        TimeZone = entity.GetString("TimeZone"),
        RequestedAt = entity.GetDateTimeOffset("RequestedAt") ?? default,
        ConsentVersion = entity.GetString("ConsentVersion") ?? "",
        Place = entity.GetInt64("Place") is > 0 and var place ? place : null,
        UndoUntil = entity.GetDateTimeOffset("UndoUntil"),
        JoinedAt = entity.GetDateTimeOffset("JoinedAt"),
        OperationId = entity.GetString("OperationId") ?? "",
    };

    /// <summary>Only the columns that a decision changes, to be merged into <c>r</c>: a name changed meanwhile stays.</summary>
    /// <param name="place">The place in the line; 0 for none, since a merge cannot take a column away.</param>
    public static TableEntity Decision(WebinarSlug webinar, PersonId person, RegistrationStatus status, long place = 0) =>
        new(webinar.Value, RowKeys.Registration(person)) { ["Status"] = status.ToString(), ["Place"] = place };

    public static TableEntity Joined(WebinarSlug webinar, PersonId person, DateTimeOffset joinedAt) =>
        new(webinar.Value, RowKeys.Registration(person)) { ["JoinedAt"] = joinedAt };

    /// <summary>A change of the calendar entry alone, to be merged into <c>r</c>.</summary>
    public static TableEntity WithSequence(WebinarSlug webinar, string rowKey, int sequence) => new(webinar.Value, rowKey) { ["Sequence"] = sequence };

    /// <param name="after">The key of the last registration that was told.</param>
    public static TableEntity CallOffPlace(WebinarSlug webinar, string after) =>
        new(webinar.Value, RowKeys.CallOff) { ["SchemaVersion"] = SchemaVersion, ["After"] = after };

    /// <summary>A row of <c>q</c> or <c>w</c>: its key says when and who, its one column the sequence of the entry to come.</summary>
    public static TableEntity InLine(WebinarSlug webinar, string rowKey, int sequence) =>
        new(webinar.Value, rowKey) { ["SchemaVersion"] = SchemaVersion, ["Sequence"] = sequence };

    /// <summary>A row whose key says it all: <c>h</c>, <c>o</c>.</summary>
    public static TableEntity KeyOnly(WebinarSlug webinar, string rowKey) =>
        new(webinar.Value, rowKey) { ["SchemaVersion"] = SchemaVersion };

    public static TableEntity ToEntity(WebinarSlug webinar, Seats seats)
    {
        var entity = new TableEntity(webinar.Value, RowKeys.Seats)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Confirmed"] = seats.Confirmed,
            ["Held"] = seats.Held,
            ["Waiting"] = seats.Waiting,
            ["LastPlace"] = seats.LastPlace,
            ["Revision"] = seats.Revision,
            ["Status"] = seats.Status.ToString(),
        };
        if (seats.Capacity is { } capacity) entity["Capacity"] = capacity;
        return entity;
    }

    public static Seats SeatsFromEntity(TableEntity entity) => new()
    {
        Confirmed = entity.GetInt32("Confirmed") ?? 0,
        Held = entity.GetInt32("Held") ?? 0,
        Waiting = entity.GetInt32("Waiting") ?? 0,
        LastPlace = entity.GetInt64("LastPlace") ?? 0,
        Capacity = entity.GetInt32("Capacity"),
        Revision = entity.GetInt32("Revision") ?? 0,
        Status = Enum.Parse<WebinarStatus>(entity.Required("Status")),
    };
}
