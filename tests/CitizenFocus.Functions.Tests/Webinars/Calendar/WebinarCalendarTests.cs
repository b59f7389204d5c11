using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Calendar;
using NodaTime;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

public sealed class WebinarCalendarTests
{
    private static readonly Attendee Anna = new(EmailAddress.Parse("Anna.O'Neill+web@bücher.example"), "Anna \"Ann\" O’Neill; x: y, z");

    [Fact]
    public async Task Request_ForASeat_IsAnEntryOfItsAttendee()
    {
        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Request(AWebinar, Anna, 3, JoinUrl, Links, Options, Stamp));

        Assert.Equal("REQUEST", calendar.Method);
        var entry = calendar.Event;
        Assert.Equal("citizens-first@citizen-focus.example", entry.Uid);
        Assert.Equal(3, entry.Sequence);
        Assert.Equal("CONFIRMED", entry.Status);
        Assert.Equal("Citizens first", entry.Summary);
        Assert.Equal(JoinUrl.AbsoluteUri, entry.Location);
        Assert.Equal("https://citizen-focus.example/webinars/citizens-first", entry.Url);
        Assert.Equal("2026-11-01T08:00:00.000Z", entry.Stamp);
        Assert.Equal("2026-12-06T14:00:00.000Z", entry.Start);
        Assert.Equal("2026-12-06T15:30:00.000Z", entry.End);
        Assert.Equal(new("mailto:webinars@citizen-focus.example", "Citizen Focus", null, null, null), entry.Organizer);
        Assert.Equal(
            new("mailto:Anna.O'Neill+web@xn--bcher-kva.example", "Anna 'Ann' O’Neill; x: y, z", "ACCEPTED", "REQ-PARTICIPANT", "FALSE"),
            entry.Attendee);
    }

    [Fact]
    public async Task Cancel_AfterARequest_HasItsUidAndMethod()
    {
        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Cancel(AWebinar, Anna, 4, JoinUrl, Links, Options, Stamp));

        Assert.Equal("CANCEL", calendar.Method);
        Assert.Equal("citizens-first@citizen-focus.example", calendar.Event.Uid);
        Assert.Equal((4, "CANCELLED"), (calendar.Event.Sequence, calendar.Event.Status));
        Assert.Equal("2026-12-06T14:00:00.000Z", calendar.Event.Start);
        Assert.NotNull(calendar.Event.Attendee);
    }

    [Fact]
    public async Task Request_ToAnOddAddress_EncodesItAsAUrlDoes()
    {
        const string Odd = "!#$%&'*+-/=?^_`{|}~@example.org";

        var request = WebinarCalendar.Request(AWebinar, new(EmailAddress.Parse(Odd), ""), 1, JoinUrl, Links, Options, Stamp);

        var attendee = (await CalendarParser.ReadAsync(request)).Event.Attendee!;
        Assert.Equal("mailto:!%23$%25%26'*+-%2F%3D%3F%5E_%60%7B%7C%7D~@example.org", attendee.Address);
        Assert.Equal(Odd, Uri.UnescapeDataString(attendee.Address["mailto:".Length..]));
    }

    [Fact]
    public async Task Publish_OfSeveral_NamesTheFeedAndEachZoneOnce()
    {
        Webinar[] webinars =
        [
            AWebinar,
            AWebinar with { Slug = WebinarSlug.Parse("long-ago"), Start = new(2015, 7, 1, 10, 0), Revision = 2, Place = "Rue de la Loi 1, Bruxelles" },
            AWebinar with { Slug = WebinarSlug.Parse("in-athens"), Zone = Zone("Europe/Athens"), Status = WebinarStatus.Cancelled },
        ];

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Publish(webinars, Links, Options, Stamp, "Our webinars"));

        Assert.Equal(("PUBLISH", "Our webinars", "PT1H"), (calendar.Method, calendar.Name, calendar.Refresh));
        Assert.Equal(["Europe/Brussels", "Europe/Athens"], calendar.Zones);
        Assert.Equal([0, 0, 0], calendar.Events.Select(e => e.Sequence));
        Assert.Equal(["CONFIRMED", "CONFIRMED", "CANCELLED"], calendar.Events.Select(e => e.Status));
        Assert.Equal("Rue de la Loi 1, Bruxelles", calendar.Events[1].Location);
        Assert.Equal(["2026-12-06T14:00:00.000Z", "2015-07-01T08:00:00.000Z", "2026-12-06T13:00:00.000Z"], calendar.Events.Select(e => e.Start));
        // RFC 5546 section 3.2.1 forbids it.
        Assert.All(calendar.Events, e => Assert.Null(e.Attendee));
    }

    [Fact]
    public async Task Publish_OfADay_IsWholeDaysWithoutAZone()
    {
        var day = AWebinar with { DateOnly = true };
        var days = day with { Duration = Duration.FromHours(60) };

        var calendar = await CalendarParser.ReadAsync(WebinarCalendar.Publish([day, days], Links, Options, Stamp));

        Assert.Empty(calendar.Zones);
        Assert.Equal(["2026-12-06", "2026-12-06"], calendar.Events.Select(e => e.Start));
        Assert.Equal(["2026-12-07", "2026-12-09"], calendar.Events.Select(e => e.End));
    }

    [Fact]
    public void Calendar_OfAnyMethod_NeverHoldsTheRoom()
    {
        string[] calendars =
        [
            WebinarCalendar.Publish([AWebinar], Links, Options, Stamp),
            WebinarCalendar.Request(AWebinar, Anna, 1, JoinUrl, Links, Options, Stamp),
            WebinarCalendar.Cancel(AWebinar, Anna, 1, JoinUrl, Links, Options, Stamp),
        ];

        Assert.All(calendars, c => Assert.DoesNotContain("room.example", c.Replace("\r\n ", ""), StringComparison.Ordinal));
    }
}
