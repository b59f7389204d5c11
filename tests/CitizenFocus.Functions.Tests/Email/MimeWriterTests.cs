using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Webinars.Calendar;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Email;

public sealed class MimeWriterTests
{
    private static readonly EmailMessage Mail = new()
    {
        To = EmailAddress.Parse("anna@example.org"),
        ToName = "Ännä \"Ann\" O’Neill, Dr.",
        Subject = "You are registered: Cités & <b> 😀",
        Text = "Hello Ännä,\n\nwelcome.\n",
        Html = "<!DOCTYPE html>\n<html lang=\"en\"><body><p>Hello Ännä</p></body></html>\n",
        MessageId = "confirmation.citizens-first.1@citizen-focus.example",
        Date = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
        Calendar = new("REQUEST", WebinarCalendar.Request(AWebinar, new(EmailAddress.Parse("anna@example.org"), "Ännä"), 1, JoinUrl, Links, Options, Stamp)),
    };

    [Fact]
    public void Mail_WithACalendar_HasThreeAlternativesAndAFile()
    {
        var mixed = Assert.IsType<Multipart>(Read(Mail).Body);

        var alternatives = Assert.IsType<MultipartAlternative>(mixed[0]).Cast<TextPart>().ToArray();
        Assert.Equal(["text/plain", "text/html", "text/calendar"], alternatives.Select(p => p.ContentType.MimeType));
        Assert.All(alternatives, p => Assert.Equal("utf-8", p.ContentType.Charset));
        Assert.Equal("REQUEST", alternatives[2].ContentType.Parameters["method"]);
        Assert.Equal(Mail.Calendar!.Content.ReplaceLineEndings(), alternatives[2].Text.ReplaceLineEndings());
        var file = Assert.IsType<MimePart>(mixed[1]);
        Assert.Equal(("application/ics", "invite.ics", true), (file.ContentType.MimeType, file.FileName, file.IsAttachment));
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        Assert.Equal(Mail.Calendar.Content, Encoding.UTF8.GetString(content.ToArray()));
    }

    [Fact]
    public void Mail_Transactional_SaysWhatItIs()
    {
        var mime = Read(Mail with { Calendar = null, Language = "fr", ReplyTo = EmailAddress.Parse("team@example.org") });

        Assert.IsType<MultipartAlternative>(mime.Body);
        Assert.Equal(Mail.MessageId, mime.MessageId);
        Assert.Equal(Mail.Date, mime.Date);
        Assert.Equal("auto-generated", mime.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("fr", mime.Body!.Headers[HeaderId.ContentLanguage]);
        Assert.Equal("team@example.org", Assert.Single(mime.ReplyTo.Mailboxes).Address);
        Assert.False(mime.Headers.Contains(HeaderId.ListUnsubscribe));
    }

    [Fact]
    public void Mail_InBulk_CanBeLeftByOneClick()
    {
        var url = new Uri("https://citizen-focus.example/digest/unsubscribe/" + new string('t', 200));

        var mime = Read(Mail with { IsBulk = true, UnsubscribeUrl = url });

        Assert.Equal($"<{url}>", mime.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mime.Headers["List-Unsubscribe-Post"]);
        Assert.Throws<ArgumentException>(() => MimeWriter.Compose(Mail with { IsBulk = true }, Options));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-domain")]
    [InlineData("a@b> <c@d")]
    [InlineData("a@b\r\nBcc: x@example.org")]
    public void MessageId_Malformed_IsAFault(string id) =>
        Assert.Throws<FormatException>(() => MimeWriter.Compose(Mail with { MessageId = id }, Options));

    [Fact]
    public void Mail_WrittenTwice_IsTheSameOctets() => Assert.Equal(MimeWriter.Write(Mail, Options), MimeWriter.Write(Mail with { }, Options));

    [Fact]
    public void Mail_WithAnyText_NeverHasHeadersOfTheSenders() => Prop.ForAll(Hostile.Text, text =>
    {
        var octets = MimeWriter.Write(With(text), Options with { FromName = text });

        var mime = MimeMessage.Load(new MemoryStream(octets));
        Assert.Equal(
            ["Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"],
            mime.Headers.Concat(mime.Body!.Headers).Select(h => h.Field).Order(StringComparer.Ordinal));
        Assert.Equal("anna@example.org", Assert.Single(mime.To.Mailboxes).Address);
        Assert.Equal(SingleLine.Of(text).Replace("=?", "= ?", StringComparison.Ordinal), mime.Subject);
        Assert.Equal(2, Assert.IsType<MultipartAlternative>(mime.Body).Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_OfAnyText_NeverExceedTheLimitsNorLeaveAscii() => Prop.ForAll(Hostile.Text, text =>
    {
        var mail = Encoding.Latin1.GetString(MimeWriter.Write(With(text) with { Calendar = Mail.Calendar }, Options));

        Assert.True(Ascii.IsValid(mail));
        Assert.DoesNotContain('\n', mail.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', mail.Replace("\r\n", "", StringComparison.Ordinal));
        // RFC 5322 section 2.1.1 for headers, RFC 2045 section 6.7 for what is quoted-printable.
        Assert.All(mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.All(mail[mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }).QuickCheckThrowOnFailure();

    [PythonFact]
    public async Task Mail_ReadByPython_HasNoDefect()
    {
        const string Script = """
            import email, email.policy, json, sys
            message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.strict.clone(raise_on_defect=True))
            defects = [str(d) for part in message.walk() for d in part.defects]
            defects += [str(d) for part in message.walk() for value in part.values() for d in getattr(value, "defects", [])]
            print(json.dumps([message["subject"], message["to"].addresses[0].display_name, message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
                              ",".join(p.get_content_type() for p in message.walk()), ",".join(defects)]))
            """;
        var start = new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        await python.StandardInput.BaseStream.WriteAsync(MimeWriter.Write(Mail, Options));
        python.StandardInput.Close();
        var answer = JsonDocument.Parse(await python.StandardOutput.ReadToEndAsync()).RootElement.EnumerateArray().Select(e => e.GetString()!).ToArray();

        Assert.Equal(
            [Mail.Subject, Mail.ToName!, Mail.Text, "multipart/mixed,multipart/alternative,text/plain,text/html,text/calendar,application/ics", ""],
            answer);
    }

    private static EmailMessage With(string text) =>
        Mail with { Subject = text, ToName = text, Text = text, Html = text, Language = "en", Calendar = null };

    private static MimeMessage Read(EmailMessage message) => MimeMessage.Load(new MemoryStream(MimeWriter.Write(message, Options)));
}
