using MimeKit;

namespace CitizenFocus.LocalHost.Mailbox;

/// <summary>A part of an e-mail that is offered for download: an attachment, the calendar entry, a picture.</summary>
/// <param name="Index">Its place among all parts of the e-mail.</param>
internal sealed record MailPart(int Index, string FileName, string ContentType, MimeEntity Entity)
{
    /// <summary>All parts but the texts that the page shows.</summary>
    public static IEnumerable<MailPart> Of(MimeMessage mail) =>
        mail.BodyParts
            .Select((entity, index) => new MailPart(index, NameOf(entity, index), entity.ContentType.MimeType, entity))
            .Where(part => part.Entity is not TextPart text || text.IsAttachment || !(text.IsPlain || text.IsHtml));

    /// <summary>Its content, decoded.</summary>
    public Stream Open()
    {
        if (Entity is MimePart { Content: { } content }) return content.Open();

        // An e-mail within an e-mail.
        var stream = new MemoryStream();
        Entity.WriteTo(stream, contentOnly: true);
        stream.Position = 0;
        return stream;
    }

    private static string NameOf(MimeEntity entity, int index) =>
        entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? $"part-{index}" + (entity.ContentType.MimeType switch
        {
            "text/calendar" => ".ics",
            "message/rfc822" => ".eml",
            _ => "",
        });
}
