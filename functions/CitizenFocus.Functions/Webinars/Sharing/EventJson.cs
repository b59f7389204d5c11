using System.Text;
using System.Text.Json;
using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Sharing;

/// <summary>
/// A webinar as a schema.org Event in JSON-LD, for search engines. The writer escapes &lt;, &gt; and &amp;, so that nothing
/// in it ends the script element that it stands in.
/// </summary>
internal static class EventJson
{
    private const string Schema = "https://schema.org/";

    public static string Of(WebinarPageModel model, Links links, SiteOptions site, string image)
    {
        var webinar = model.Webinar;
        var page = links.Absolute(links.Webinar(webinar.Slug.Value)).AbsoluteUri;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteString("@type", "Event");
            json.WriteString("name", webinar.Title);
            if (webinar.Summary.Length > 0) json.WriteString("description", webinar.Summary);
            json.WriteString("url", page);
            json.WriteString("image", links.Absolute(image).AbsoluteUri);
            WriteWhen(json, webinar, webinar.Sessions[0].Time, webinar.Sessions[^1].Time);
            WriteStatus(json, webinar, page);
            json.WriteBoolean("isAccessibleForFree", true);
            if (webinar.Capacity is { } capacity) json.WriteNumber("maximumAttendeeCapacity", capacity);
            if (webinar.Languages.Count > 0) WriteLanguages(json, webinar.Languages);
            WriteOrganizer(json, site.Name, links.Absolute(links.Home).AbsoluteUri);
            if (webinar.Speakers.Count > 0) WritePerformers(json, webinar.Speakers);
            if (webinar.IsRunning(model.Now)) WriteOffer(json, model, page);
            if (webinar.FurtherSessions.Count > 0) WriteSessions(json, webinar, page);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteWhen(Utf8JsonWriter json, Webinar webinar, SessionTime first, SessionTime last)
    {
        json.WriteString("startDate", webinar.DateOnly ? LocalDatePattern.Iso.Format(first.Start.Date) : WithOffset(first.StartIn(webinar.Zone)));
        json.WriteString("endDate", webinar.DateOnly ? LocalDatePattern.Iso.Format(WebinarTimes.LastDay(last)) : WithOffset(last.StartIn(webinar.Zone) + last.Duration));

        string WithOffset(Instant instant) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(webinar.Zone).ToOffsetDateTime());
    }

    /// <summary>Whether it takes place, and where.</summary>
    private static void WriteStatus(Utf8JsonWriter json, Webinar webinar, string page)
    {
        json.WriteString("eventStatus", Schema + (webinar.IsCalledOff ? "EventCancelled" : "EventScheduled"));
        json.WriteString("eventAttendanceMode", Schema + (webinar switch
        {
            { Place: null } => "OnlineEventAttendanceMode",
            { Room: null } => "OfflineEventAttendanceMode",
            _ => "MixedEventAttendanceMode",
        }));

        json.WriteStartArray("location");
        if (webinar.Place is { } place)
        {
            json.WriteStartObject();
            json.WriteString("@type", "Place");
            json.WriteString("name", place);
            json.WriteString("address", place);
            json.WriteEndObject();
        }

        // The room's own URL is for registrants; the page says how one becomes one.
        if (webinar.Place is null || webinar.Room is not null)
        {
            json.WriteStartObject();
            json.WriteString("@type", "VirtualLocation");
            json.WriteString("url", page);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLanguages(Utf8JsonWriter json, IReadOnlyList<string> languages)
    {
        json.WriteStartArray("inLanguage");
        foreach (var language in languages) json.WriteStringValue(language);
        json.WriteEndArray();
    }

    private static void WriteOrganizer(Utf8JsonWriter json, string name, string url)
    {
        json.WriteStartObject("organizer");
        json.WriteString("@type", "Organization");
        json.WriteString("name", name);
        json.WriteString("url", url);
        json.WriteEndObject();
    }

    private static void WritePerformers(Utf8JsonWriter json, IReadOnlyList<Speaker> speakers)
    {
        json.WriteStartArray("performer");
        foreach (var speaker in speakers)
        {
            json.WriteStartObject();
            json.WriteString("@type", "Person");
            json.WriteString("name", speaker.Name);
            if (speaker.About.Length > 0) json.WriteString("description", speaker.About);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOffer(Utf8JsonWriter json, WebinarPageModel model, string page)
    {
        json.WriteStartObject("offers");
        json.WriteString("@type", "Offer");
        json.WriteString("url", page);
        json.WriteNumber("price", 0);
        json.WriteString("priceCurrency", "EUR");
        json.WriteString("availability", Schema + model switch
        {
            { SeatsLeft: 0 } => "SoldOut",
            { Registration: null, InvitationRequest: null } => "OutOfStock",
            { Registration: null } => "LimitedAvailability",
            _ => "InStock",
        });
        if (model.Webinar.OpensAt is { } opens) json.WriteString("validFrom", InstantPattern.General.Format(opens));
        json.WriteEndObject();
    }

    private static void WriteSessions(Utf8JsonWriter json, Webinar webinar, string page)
    {
        json.WriteStartArray("subEvent");
        foreach (var session in webinar.Sessions)
        {
            json.WriteStartObject();
            json.WriteString("@type", "Event");
            json.WriteString("name", webinar.Title);
            WriteWhen(json, webinar, session.Time, session.Time);
            WriteStatus(json, webinar, page);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
