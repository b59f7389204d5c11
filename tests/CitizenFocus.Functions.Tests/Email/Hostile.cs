using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Email;

/// <summary>Texts that try to be more than text: line breaks, markup, escapes, halves of characters, in any order.</summary>
internal static class Hostile
{
    private static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\r\n ", "\0", "\a", "\t", "\u0085", "\u2028", "\u2029", "\v", " ", "  ", "\"", "'", ":", ";", ",", "\\", "\\n", "^", "<b>", "</block>", "<url>",
        "&lt;", "&amp;lt;", "&#10;", "=?utf-8?q?=0D=0A?=", "Bcc: x@example.org", "BEGIN:VALARM", "END:VEVENT", "\ud83d", "\ude00", "😀", "é", "e\u0301", "ß", "Ω", "漢字", "\u202e",
        "a", "word", "--", "=", "=20", ".", "<", ">", "@", "(", ")", "%0d%0a", "http://evil.example/", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    public static Arbitrary<string> Text { get; } =
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
}
