using System.Globalization;
using System.Text.Json;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The rows of a webinar's partition as records and back.</summary>
internal static class RegistrationMapping
{
    private const int SchemaVersion = 2;

    // A column each, so that one session's is merged without reading the others.
    private const string JoinedPrefix = "Joined";
    private const string MinutesPrefix = "Minutes";

    // As it was called when every invitation came from an organiser: the release before reads it so.
    private const string IsApprovedColumn = "IsInvited";

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
            [IsApprovedColumn] = registration.IsApproved,
            ["ToldRevision"] = registration.ToldRevision,
            ["ToldBefore"] = registration.ToldBefore,
        };
        if (registration.Organisation is { } organisation) entity["Organisation"] = organisation;
        if (registration.Country is { } country) entity["Country"] = country;
        if (registration.TimeZone is { } timeZone) entity["TimeZone"] = timeZone;
        if (registration.Place is { } place) entity["Place"] = place;
        if (registration.UndoUntil is { } undoUntil) entity["UndoUntil"] = undoUntil;
        if (registration.GaveUp is { } gaveUp) entity["GaveUp"] = gaveUp.ToString();
        if (registration.OfferedUntil is { } offeredUntil) entity["OfferedUntil"] = offeredUntil;
        if (registration.ToldAt is { } toldAt) entity["ToldAt"] = toldAt;
        if (registration.Answers.Count > 0) entity["Answers"] = JsonSerializer.Serialize(registration.Answers, WebinarColumnsJson.Default.IReadOnlyDictionaryStringIReadOnlyListString);
        foreach (var (session, attendance) in registration.Attendance) Write(entity, session, attendance);
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
        GaveUp = entity.GetString("GaveUp") is { } gaveUp ? Enum.Parse<RegistrationStatus>(gaveUp) : null,
        OfferedUntil = entity.GetDateTimeOffset("OfferedUntil"),
        Answers = entity.GetString("Answers") is { } answers
            ? JsonSerializer.Deserialize(answers, WebinarColumnsJson.Default.IReadOnlyDictionaryStringIReadOnlyListString)!
            : Registration.NoAnswers,
        IsApproved = entity.GetBoolean(IsApprovedColumn) ?? false,
        ToldAt = entity.GetDateTimeOffset("ToldAt"),
        ToldRevision = entity.GetInt32("ToldRevision") ?? 0,
        ToldBefore = entity.GetInt32("ToldBefore") ?? 0,
        Attendance = ReadAttendance(entity),
        OperationId = entity.GetString("OperationId") ?? "",
    };

    /// <summary>A change of the calendar entry alone, to be merged into <c>r</c>.</summary>
    public static TableEntity WithSequence(WebinarSlug webinar, string rowKey, int sequence) => new(webinar.Value, rowKey) { ["Sequence"] = sequence };

    /// <summary>That somebody came to a session, to be merged into <c>r</c>.</summary>
    public static TableEntity Attended(WebinarSlug webinar, PersonId person, int session, Attendance attendance)
    {
        var entity = new TableEntity(webinar.Value, RowKeys.Registration(person));
        Write(entity, session, attendance);
        return entity;
    }

    private static void Write(TableEntity entity, int session, Attendance attendance)
    {
        entity[Column(JoinedPrefix, session)] = attendance.JoinedAt;
        if (attendance.Minutes is { } minutes) entity[Column(MinutesPrefix, session)] = minutes;
    }

    private static IReadOnlyDictionary<int, Attendance> ReadAttendance(TableEntity entity)
    {
        Dictionary<int, Attendance>? attendances = null;
        foreach (var (name, value) in entity)
        {
            if (!name.StartsWith(JoinedPrefix, StringComparison.Ordinal) || value is not DateTimeOffset joinedAt) continue;
            if (!int.TryParse(name.AsSpan(JoinedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var session)) continue;
            (attendances ??= [])[session] = new(joinedAt, entity.GetInt32(Column(MinutesPrefix, session)));
        }

        return attendances ?? Registration.NoAttendance;
    }

    public static string JoinedColumn(int session) => Column(JoinedPrefix, session);

    private static string Column(string prefix, int session) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{session}");

    /// <summary>A row whose key says it all: <c>h</c>, <c>o</c>.</summary>
    public static TableEntity KeyOnly(WebinarSlug webinar, string rowKey) =>
        new(webinar.Value, rowKey) { ["SchemaVersion"] = SchemaVersion };
}
