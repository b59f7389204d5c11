using System.Text;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Email;
using CitizenFocus.Functions.Webinars.Calendar;
using FsCheck;
using FsCheck.Fluent;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Webinars.Calendar;

/// <summary>What people type never breaks out of its property, whatever it is.</summary>
public sealed class ContentLinesTests
{
    private static readonly EmailAddress Address = EmailAddress.Parse("anna@example.org");

    [Fact]
    public void Lines_WithAnyText_NeverExceed75OctetsNorCutACharacter() => Prop.ForAll(Hostile.Text, text =>
    {
        var calendar = Request(text);

        Assert.DoesNotContain('\n', calendar.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.EndsWith("END:VCALENDAR\r\n", calendar, StringComparison.Ordinal);
        Assert.All(calendar.Split("\r\n"), line =>
        {
            // The strict encoding throws at half a surrogate pair.
            Assert.InRange(new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(line), 0, 75);
            Assert.DoesNotContain(line, char.IsControl);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Properties_WithAnyText_AreNeverMoreThanOurs()
    {
        var texts = Gen.Sample(Hostile.Text.Generator, 300, 200).Append("A\r\nATTENDEE:mailto:evil@example.org\r\nX: \":;,\\n").ToArray();

        var events = (await CalendarParser.ReadAllAsync([.. texts.Select(Request)])).Select(c => c.Event).ToArray();

        string[] expected =
        [
            "attendee", "description", "dtend", "dtstamp", "dtstart", "location", "organizer", "sequence", "status", "summary", "transp", "uid", "url",
        ];
        Assert.All(texts.Zip(events), pair =>
        {
            var (text, entry) = pair;
            Assert.Equal(expected, entry.Properties.Order(StringComparer.Ordinal));
            Assert.Equal("mailto:anna@example.org", entry.Attendee!.Address);
            Assert.Equal(SingleLine.Of(text), entry.Summary);
            Assert.StartsWith(SingleLine.OfEach(text), entry.Description, StringComparison.Ordinal);
        });
    }

    private static string Request(string text) => WebinarCalendar.Request(
        AWebinar with { Title = text, Summary = text, Place = text }, new(Address, text), 1, JoinUrl, Links, Options with { FromName = text }, Stamp);
}
