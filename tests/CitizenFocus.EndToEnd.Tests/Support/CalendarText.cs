using MimeKit;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The calendar entry of an e-mail, line by line as a calendar would read it (RFC 5545 section 3.1).</summary>
internal sealed class CalendarText
{
    private readonly string[] _lines;

    private CalendarText(string text) =>
        _lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of the part that mail programs offer in place, which must say the same as the file that is attached.</summary>
    public static CalendarText Of(MimeMessage mail)
    {
        var inPlace = Assert.Single(mail.BodyParts.OfType<TextPart>(), part => part.ContentType.IsMimeType("text", "calendar"));
        var file = Assert.IsType<MimePart>(Assert.Single(mail.Attachments), exactMatch: false);
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        var text = System.Text.Encoding.UTF8.GetString(content.ToArray());
        Assert.Equal(text, inPlace.Text.ReplaceLineEndings("\r\n"));

        var calendar = new CalendarText(text);
        Assert.Equal(inPlace.ContentType.Parameters["method"], calendar.Value("METHOD"));
        return calendar;
    }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The one line of a property, from its name to its end.</summary>
    public string Line(string property) =>
        Assert.Single(_lines, line => line.StartsWith(property + ":", StringComparison.Ordinal) || line.StartsWith(property + ";", StringComparison.Ordinal));

    /// <summary>The value of a property without parameters.</summary>
    public string Value(string property) => Line(property)[(property.Length + 1)..];
}
