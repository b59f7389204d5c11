namespace CitizenFocus.Functions.Email.Senders;

/// <summary>The fields of an e-mail beside its addresses, subject and date, as every sender sets them.</summary>
internal static class EmailHeaders
{
    public const string MessageId = "Message-ID";
    private const int MaxFeedbackPart = 40;

    /// <exception cref="FormatException">The message's id is no <c>left@right</c>.</exception>
    /// <exception cref="ArgumentException">Bulk mail without a way to leave it.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Of(EmailMessage message, EmailOptions options) =>
        [KeyValuePair.Create(MessageId, $"<{CheckedId(message.MessageId)}>"), .. Common(message, options), .. WayOut(message.IsBulk, message.UnsubscribeUrl)];

    /// <summary>What is the same for all recipients of one e-mail.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Common(EmailMessage message, EmailOptions options)
    {
        // RFC 3834 section 5: keeps holiday responders from answering.
        yield return new("Auto-Submitted", "auto-generated");
        yield return new("Content-Language", SingleLine.Of(message.Language));

        // By which Gmail's Postmaster Tools tell complaints about one kind of mail from another's: https://support.google.com/a/answer/6254652
        if (message.Kind is { } kind) yield return new("Feedback-ID", $"{FeedbackPart(kind)}:{(message.IsBulk ? "bulk" : "transactional")}:{FeedbackPart(options.MessageIdDomain)}");
    }

    /// <summary>RFC 8058 section 3.1.</summary>
    /// <exception cref="ArgumentException">Bulk mail without a way to leave it.</exception>
    public static IEnumerable<KeyValuePair<string, string>> WayOut(bool isBulk, Uri? unsubscribeUrl)
    {
        if (!isBulk) return [];
        if (unsubscribeUrl is null) throw new ArgumentException("Bulk mail needs an UnsubscribeUrl.", nameof(unsubscribeUrl));
        return [new("List-Unsubscribe", $"<{unsubscribeUrl.AbsoluteUri}>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];
    }

    public static string CheckedId(string id) =>
        id.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && id.All(c => c is > ' ' and < '\x7f' && !"<>()[],:;\\\"".Contains(c))
            ? id
            : throw new FormatException("A Message-ID is left@right, in ASCII without white space and brackets (RFC 5322 section 3.6.4).");

    private static string FeedbackPart(string text) =>
        new([.. text.Take(MaxFeedbackPart).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-')]);
}
