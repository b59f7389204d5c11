using System.Text;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Email.Senders;

/// <summary>An e-mail as the provider got it, in the words that all providers have in common.</summary>
internal sealed record ReceivedMail
{
    public required string From { get; init; }

    public string? FromName { get; init; }

    public required string To { get; init; }

    public string? ToName { get; init; }

    public string? ReplyTo { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>All but text and HTML, an alternative of another type included.</summary>
    public required IReadOnlyList<ReceivedFile> Files { get; init; }

    public static ReceivedMail Of(MimeMessage mime)
    {
        var (from, to) = (mime.From.Mailboxes.Single(), mime.To.Mailboxes.Single());
        return new()
        {
            // MimeKit shows a domain as people read it; on the wire it is ASCII (MimeWriterTests).
            From = from.GetAddress(idnEncode: true),
            FromName = from.Name,
            To = to.GetAddress(idnEncode: true),
            ToName = to.Name,
            ReplyTo = mime.ReplyTo.Mailboxes.SingleOrDefault()?.Address,
            Subject = mime.Subject ?? "",
            Text = mime.TextBody ?? "",
            Html = mime.HtmlBody ?? "",
            Headers = mime.Headers.Concat(mime.Body!.Headers).DistinctBy(header => header.Id).ToDictionary(header => header.Field, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Files = [.. mime.BodyParts.OfType<MimePart>().Where(part => part is not TextPart { IsPlain: true } and not TextPart { IsHtml: true }).Select(File)],
        };
    }

    private static ReceivedFile File(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return new(part.FileName, part.ContentType.MimeType, part.ContentType.Parameters["method"], Encoding.UTF8.GetString(content.ToArray()));
    }
}

/// <param name="Type">Without its parameters.</param>
/// <param name="Method">The parameter of this name.</param>
internal sealed record ReceivedFile(string? Name, string Type, string? Method, string Content);
