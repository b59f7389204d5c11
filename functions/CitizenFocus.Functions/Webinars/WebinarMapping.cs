using CitizenFocus.Functions.Hosting;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>A webinar as a table row and back.</summary>
internal static class WebinarMapping
{
    private const int SchemaVersion = 1;
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
            ["DateOnly"] = webinar.DateOnly,
            ["Revision"] = webinar.Revision,
        };
        if (webinar.Capacity is { } capacity) entity["Capacity"] = capacity;
        if (webinar.Place is { } place) entity["Place"] = place;
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
        DateOnly = entity.GetBoolean("DateOnly") ?? false,
        Revision = entity.GetInt32("Revision") ?? 0,
        Capacity = entity.GetInt32("Capacity"),
        Place = entity.GetString("Place"),
        Room = entity.GetString("Room") is { } room ? new Uri(room) : null,
        Recording = entity.GetString("Recording") is { } recording ? new Uri(recording) : null,
    };
}
