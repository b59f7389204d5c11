using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

/// <summary>
/// Reads calendars with Mozilla's ical.js, which knows nothing of the library that writes them. One Node.js process reads
/// all that a test has.
/// </summary>
internal static class CalendarParser
{
    public static async Task<ParsedCalendar> ReadAsync(string calendar) => (await ReadAllAsync([calendar]))[0];

    public static async Task<IReadOnlyList<ParsedCalendar>> ReadAllAsync(IReadOnlyCollection<string> calendars)
    {
        var json = await NodeTools.Calendar.RunAsync(JsonSerializer.Serialize([.. calendars], ParserJson.Default.StringArray), "parse.mjs");
        return JsonSerializer.Deserialize(json, ParserJson.Default.ParsedCalendarArray)!;
    }
}

/// <param name="Occurrences">What the calendar shows: rules followed, exceptions in their place.</param>
internal sealed record ParsedCalendar(string Method, string? Name, string? Refresh, string[] Zones, ParsedEvent[] Events, ParsedOccurrence[] Occurrences)
{
    /// <summary>The one of the webinar, beside which only sessions that differ have one.</summary>
    public ParsedEvent Event => Assert.Single(Events, entry => entry.RecurrenceId is null);
}

internal sealed record ParsedOccurrence(string Uid, string Start, string End);

internal sealed record ParsedEvent(
    string[] Properties, string Uid, int Sequence, string Status, string Summary, string? Description, string Location, string Url,
    string Stamp, string Start, string End, string? RecurrenceId, string? Rule, ParsedPerson? Organizer, ParsedPerson? Attendee);

internal sealed record ParsedPerson(string Address, string? Name, string? Status, string? Role, string? Rsvp);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ParsedCalendar[]))]
internal sealed partial class ParserJson : JsonSerializerContext;
