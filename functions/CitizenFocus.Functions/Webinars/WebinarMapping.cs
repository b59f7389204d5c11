using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CitizenFocus.Functions.Hosting;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>A webinar as a table row and back.</summary>
internal static class WebinarMapping
{
    private const int SchemaVersion = 2;

    // An absent column is one of the release before, for which the default holds.
    private const int NoFollowUp = -1;
    private static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.GeneralIso;

    public static TableEntity ToEntity(Webinar webinar, string partition)
    {
        var entity = new TableEntity(partition, webinar.Slug.Value)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = webinar.Title,
            ["Summary"] = webinar.Summary,
            ["Text"] = webinar.Text,
            ["Kind"] = webinar.Kind.ToString(),
            ["Status"] = webinar.Status.ToString(),
            ["Start"] = LocalTime.Format(webinar.Start),
            ["Zone"] = webinar.Zone.Id,
            ["DurationMinutes"] = (int)webinar.Duration.TotalMinutes,
            ["StartIsLaterOfTwo"] = webinar.StartIsLaterOfTwo,
            ["FurtherSessions"] = WebinarFace.WriteTimes(webinar.FurtherSessions),
            ["DateOnly"] = webinar.DateOnly,
            ["Revision"] = webinar.Revision,
            ["WasCancelled"] = webinar.WasCancelled,
            ["IsInvitationOnly"] = webinar.IsInvitationOnly,
            ["NeedsApproval"] = webinar.NeedsApproval,
            ["OffersSeats"] = webinar.OffersSeats,
            ["Questions"] = JsonSerializer.Serialize(webinar.Questions, WebinarColumnsJson.Default.IReadOnlyListQuestion),
            ["Speakers"] = JsonSerializer.Serialize(webinar.Speakers, WebinarColumnsJson.Default.IReadOnlyListSpeaker),
            ["Materials"] = JsonSerializer.Serialize(webinar.Materials, WebinarColumnsJson.Default.IReadOnlyListString),
            ["Languages"] = string.Join(' ', webinar.Languages),
            ["ReminderMinutes"] = string.Join(' ', webinar.Reminders.Select(offset => (long)offset.TotalMinutes)),
            ["AwaitsRecording"] = webinar.AwaitsRecording,
        };
        if (webinar.Capacity is { } capacity) entity["Capacity"] = capacity;
        if (webinar.Place is { } place) entity["Place"] = place;
        if (webinar.OpensAt is { } opens) entity["OpensAt"] = opens.ToDateTimeOffset();
        if (webinar.ClosesAt is { } closes) entity["ClosesAt"] = closes.ToDateTimeOffset();
        if (webinar.RevisedAt is { } revised) entity["RevisedAt"] = revised.ToDateTimeOffset();
        entity["FollowUpMinutes"] = webinar.FollowUp is { } followUp ? (int)followUp.TotalMinutes : NoFollowUp;
        if (webinar.Series is { } series) entity["Series"] = series;
        if (webinar.Room is { } room) entity["Room"] = room.AbsoluteUri;
        if (webinar.Recording is { } recording) entity["Recording"] = recording.AbsoluteUri;
        return entity;
    }

    public static Webinar FromEntity(TableEntity entity) => new()
    {
        Slug = WebinarSlug.Parse(entity.RowKey),
        Title = entity.Required("Title"),
        Summary = entity.GetString("Summary") ?? "",
        Text = entity.GetString("Text") ?? "",
        Kind = Enum.Parse<WebinarKind>(entity.Required("Kind")),
        Status = Enum.Parse<WebinarStatus>(entity.Required("Status")),
        Start = LocalTime.Parse(entity.Required("Start")).GetValueOrThrow(),
        Zone = DateTimeZoneProviders.Tzdb[entity.Required("Zone")],
        Duration = Duration.FromMinutes(entity.GetInt32("DurationMinutes") ?? 0),
        StartIsLaterOfTwo = entity.GetBoolean("StartIsLaterOfTwo") ?? false,
        FurtherSessions = WebinarFace.ReadTimes(entity.GetString("FurtherSessions") ?? ""),
        DateOnly = entity.GetBoolean("DateOnly") ?? false,
        Revision = entity.GetInt32("Revision") ?? 0,
        RevisedAt = Moment(entity, "RevisedAt"),
        ChangedAt = entity.Timestamp is { } timestamp ? Instant.FromDateTimeOffset(timestamp) : null,
        Capacity = entity.GetInt32("Capacity"),
        OpensAt = Moment(entity, "OpensAt"),
        ClosesAt = Moment(entity, "ClosesAt"),
        WasCancelled = entity.GetBoolean("WasCancelled") ?? false,
        IsInvitationOnly = entity.GetBoolean("IsInvitationOnly") ?? false,
        NeedsApproval = entity.GetBoolean("NeedsApproval") ?? false,
        OffersSeats = entity.GetBoolean("OffersSeats") ?? false,
        Questions = Read(entity, "Questions", WebinarColumnsJson.Default.IReadOnlyListQuestion) ?? [],
        Speakers = Read(entity, "Speakers", WebinarColumnsJson.Default.IReadOnlyListSpeaker) ?? [],
        Materials = Read(entity, "Materials", WebinarColumnsJson.Default.IReadOnlyListString) ?? [],
        Languages = Words(entity.GetString("Languages") ?? ""),
        Reminders = entity.GetString("ReminderMinutes") is { } minutes
            ? [.. Words(minutes).Select(word => Duration.FromMinutes(long.Parse(word, System.Globalization.CultureInfo.InvariantCulture)))]
            : Webinar.DefaultReminders,
        FollowUp = entity.GetInt32("FollowUpMinutes") switch
        {
            null => Webinar.DefaultFollowUp,
            NoFollowUp => null,
            { } delay => Duration.FromMinutes(delay),
        },
        AwaitsRecording = entity.GetBoolean("AwaitsRecording") ?? true,
        Series = entity.GetString("Series"),
        Place = entity.GetString("Place"),
        Room = entity.GetString("Room") is { } room ? new Uri(room) : null,
        Recording = entity.GetString("Recording") is { } recording ? new Uri(recording) : null,
    };

    private static Instant? Moment(TableEntity entity, string column) =>
        entity.GetDateTimeOffset(column) is { } moment ? Instant.FromDateTimeOffset(moment) : null;

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static T? Read<T>(TableEntity entity, string column, JsonTypeInfo<T> type) where T : class =>
        entity.GetString(column) is { } json ? JsonSerializer.Deserialize(json, type) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Question>))]
[JsonSerializable(typeof(IReadOnlyList<Speaker>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class WebinarColumnsJson : JsonSerializerContext;
