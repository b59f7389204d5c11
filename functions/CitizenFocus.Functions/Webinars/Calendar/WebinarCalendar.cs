using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using IcalAttendee = Ical.Net.DataTypes.Attendee;
using IcalCalendar = Ical.Net.Calendar;

namespace CitizenFocus.Functions.Webinars.Calendar;

/// <summary>
/// Webinars as iCalendar texts (RFC 5545), in the roles of RFC 5546: published to everybody, or sent to one attendee.
/// An entry has the same UID in all of them, so that a calendar knows it again. The room's own URL stands in none.
/// </summary>
internal static class WebinarCalendar
{
    private const string ProductId = "-//Citizen Focus//Webinars//EN";
    private const string RefreshInterval = "PT1H";

    /// <summary>METHOD:PUBLISH (RFC 5546 section 3.2.1): a webinar's file, or the feed of several.</summary>
    /// <param name="stamp">When the webinars were last as they are written here; a feed that did not change keeps its octets by it.</param>
    /// <param name="feedName">What those who subscribe to the feed see it named as; <see langword="null"/> for a file.</param>
    public static string Publish(IEnumerable<Webinar> webinars, Links links, EmailOptions options, Instant stamp, string? feedName = null)
    {
        var calendar = new IcalCalendar { Method = CalendarMethods.Publish, ProductId = ProductId };
        if (feedName is not null)
        {
            calendar.AddProperty("X-WR-CALNAME", SingleLine.Of(feedName));
            calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", RefreshInterval); // RFC 7986 section 5.7
            calendar.AddProperty("X-PUBLISHED-TTL", RefreshInterval); // Outlook's name for it.
        }

        var published = webinars.ToArray();
        foreach (var webinar in published)
        {
            var page = links.Absolute(links.Webinar(webinar.Slug.Value));
            foreach (var entry in Entries(webinar, page, options, webinar.RevisedAt is { } revised && revised > stamp ? revised : stamp))
            {
                // A registrant's own entry has the same UID and counts from 0: a file taken before must not outrank it. Of two files the later DTSTAMP wins.
                entry.Sequence = 0;
                entry.Status = webinar.IsCalledOff ? EventStatus.Cancelled : EventStatus.Confirmed;
                entry.Location = SingleLine.Of(webinar.Place ?? page.AbsoluteUri);
                entry.Description = Description(webinar, ("Register", page));
                calendar.Events.Add(entry);
            }
        }

        return Serialise(calendar, published);
    }

    /// <summary>METHOD:REQUEST (RFC 5546 section 3.2.2): the entry of one who has a seat.</summary>
    /// <param name="sequence">The registration's own, raised by every change of this entry.</param>
    /// <param name="joinUrl">The attendee's own way in.</param>
    public static string Request(
        Webinar webinar, Attendee attendee, int sequence, Uri joinUrl, Links links, EmailOptions options, Instant stamp) =>
        ForAttendee(CalendarMethods.Request, EventStatus.Confirmed, webinar, attendee, sequence, joinUrl, links, options, stamp);

    /// <summary>METHOD:CANCEL (RFC 5546 section 3.2.5): takes the entry out again.</summary>
    /// <param name="sequence">Higher than the last request's, else calendars ignore it.</param>
    /// <param name="joinUrl">As in the request.</param>
    public static string Cancel(
        Webinar webinar, Attendee attendee, int sequence, Uri joinUrl, Links links, EmailOptions options, Instant stamp) =>
        ForAttendee(CalendarMethods.Cancel, EventStatus.Cancelled, webinar, attendee, sequence, joinUrl, links, options, stamp);

    /// <summary>
    /// METHOD:PUBLISH for one person, to be fetched by their own link: as in the request, but for ATTENDEE, which
    /// RFC 5546 section 3.2.1 has no place for.
    /// </summary>
    /// <param name="isCancelled">The entry is to go: the person or the organisers gave up.</param>
    public static string PublishOwn(
        Webinar webinar, int sequence, bool isCancelled, Uri joinUrl, Links links, EmailOptions options, Instant stamp) =>
        ForAttendee(
            CalendarMethods.Publish, isCancelled ? EventStatus.Cancelled : EventStatus.Confirmed, webinar, null, sequence, joinUrl, links, options, stamp);

    private static string ForAttendee(
        string method, string status, Webinar webinar, Attendee? attendee, int sequence, Uri joinUrl, Links links, EmailOptions options, Instant stamp)
    {
        var calendar = new IcalCalendar { Method = method, ProductId = ProductId };
        var page = links.Absolute(links.Webinar(webinar.Slug.Value));
        foreach (var entry in Entries(webinar, page, options, stamp))
        {
            // Cancelled without a RECURRENCE-ID, all of its sessions are (RFC 5546 section 3.2.5).
            if (status == EventStatus.Cancelled && entry.RecurrenceIdentifier is not null) continue;

            entry.Sequence = sequence;
            entry.Status = status;
            entry.Location = SingleLine.Of(webinar.Place ?? joinUrl.AbsoluteUri);
            entry.Description = Description(webinar, ("Join", joinUrl), ("About the webinar", page));
            if (attendee is not null) entry.Attendees.Add(Accepted(attendee));
            calendar.Events.Add(entry);
        }

        return Serialise(calendar, [webinar]);
    }

    // The seat was asked for on our site: nothing is left to answer.
    private static IcalAttendee Accepted(Attendee attendee) => new(MailTo(attendee.Address))
    {
        CommonName = ParameterText(attendee.Name is { Length: > 0 } name ? name : attendee.Address.Value),
        Type = "INDIVIDUAL",
        Role = ParticipationRole.RequiredParticipant,
        ParticipationStatus = EventParticipationStatus.Accepted,
        Rsvp = false,
    };

    /// <summary>One with the rule for all sessions, and one for each that differs from it (RFC 5545 section 3.8.4.4).</summary>
    private static IEnumerable<CalendarEvent> Entries(Webinar webinar, Uri page, EmailOptions options, Instant stamp)
    {
        var series = SessionSeries.Of(webinar);
        var first = Entry(webinar, page, options, stamp, series.First, series.Rule is null ? webinar.Zone : series.Clock);
        first.RecurrenceRule = series.Rule;
        foreach (var day in series.Excluded) first.ExceptionDates.Add(Nominal(day));
        yield return first;

        foreach (var (nominal, actual) in series.Moved)
        {
            var moved = Entry(webinar, page, options, stamp, actual, webinar.Zone);
            moved.RecurrenceIdentifier = new(Nominal(nominal), RecurrenceRange.ThisInstance);
            yield return moved;
        }

        // As the first start is written, whatever the clock does on that day.
        CalDateTime Nominal(LocalDateTime time) => webinar.DateOnly ? Day(time.Date)
            : IsUtc(series.Clock) ? new(DateTime.SpecifyKind(time.ToDateTimeUnspecified(), DateTimeKind.Utc))
            : new(time.ToDateTimeUnspecified(), series.Clock.Id, hasTime: true);
    }

    private static CalendarEvent Entry(Webinar webinar, Uri page, EmailOptions options, Instant stamp, Interval when, DateTimeZone clock)
    {
        var (start, end) = webinar.DateOnly
            ? (Day(when.Start.InUtc().Date), Day(when.End.InUtc().Date))
            : (Moment(when.Start, clock), Moment(when.End, clock));
        return new()
        {
            Uid = $"{webinar.Slug.Value}@{page.IdnHost}",
            DtStamp = new(stamp.ToDateTimeUtc()),
            Start = start,
            End = end,
            Summary = SingleLine.Of(webinar.Title),
            Url = page,
            Organizer = new() { Value = MailTo(options.From), CommonName = ParameterText(options.FromName) },
            // A whole day is for information: it does not keep anybody from meeting others.
            Transparency = webinar.DateOnly ? TransparencyType.Transparent : TransparencyType.Opaque,
        };
    }

    private static string Description(Webinar webinar, params ReadOnlySpan<(string Label, Uri Url)> links)
    {
        var text = new List<string>();
        if (webinar.Summary.Length > 0) text.Add(SingleLine.OfEach(webinar.Summary) + '\n');
        if (webinar.FurtherSessions.Count > 0) text.Add(string.Concat(WebinarTimes.English.EachSession(webinar).Select((time, index) => $"Session {index + 1}: {time}\n")));
        foreach (var (label, url) in links) text.Add($"{label}: {url.AbsoluteUri}");
        return string.Join('\n', text);
    }

    /// <summary>
    /// Local time and zone; in UTC where the clock is put back and shows the time twice. RFC 5545 section 3.3.5 would have
    /// the first of the two, and readers differ.
    /// </summary>
    private static CalDateTime Moment(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return IsUtc(zone) || zone.MapLocal(local).Count > 1
            ? new(instant.ToDateTimeUtc())
            : new(local.ToDateTimeUnspecified(), zone.Id, hasTime: true);
    }

    private static CalDateTime Day(LocalDate date) => new(date.ToDateOnly());

    private static bool IsUtc(DateTimeZone zone) => zone.MinOffset == Offset.Zero && zone.MaxOffset == Offset.Zero;

    /// <summary>RFC 6068 section 2: what an address may hold and a mailto URL may not is percent-encoded.</summary>
    private static Uri MailTo(EmailAddress address) =>
        new("mailto:" + string.Concat(address.Value.Select(c => "#%&/;=?^`{|}".Contains(c) ? Uri.HexEscape(c) : c.ToString())));

    /// <summary>A parameter's value has no way to write a quotation mark (RFC 5545 section 3.2).</summary>
    private static string ParameterText(string text) => SingleLine.Of(text).Replace('"', '\'');

    private static string Serialise(IcalCalendar calendar, IReadOnlyCollection<Webinar> webinars)
    {
        foreach (var inZone in webinars.Where(w => !w.DateOnly && !IsUtc(w.Zone)).GroupBy(w => w.Zone))
        {
            calendar.TimeZones.Add(TimeZoneComponent.Of(inZone.Key, inZone.Min(w => w.StartInstant), inZone.Max(w => w.EndInstant)));
        }

        return ContentLines.Refold(new CalendarSerializer().SerializeToString(calendar)!);
    }
}
