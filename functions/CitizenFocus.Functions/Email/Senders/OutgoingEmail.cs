using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Senders;

/// <summary>An e-mail about to be handed over, and the row of the ledger that it belongs to.</summary>
internal sealed record OutgoingEmail(PersonId Person, DeliveryKey Key, EmailMessage Message)
{
    /// <summary>Names this mail for ever: 32 letters and digits; sent twice under one id it is the same mail.</summary>
    public string DeliveryId { get; } = Key.DeliveryIdFor(Person);
}

/// <summary>One e-mail to many people, each of whom gets it alone, with words of their own in it.</summary>
internal sealed record BulkEmail
{
    /// <summary>
    /// What is the same for all. Subject, text and HTML hold marks that each recipient's substitutions replace; what it says
    /// of one recipient (To, MessageId, UnsubscribeUrl) counts for nobody.
    /// </summary>
    public required EmailMessage Template { get; init; }

    public required IReadOnlyList<BulkRecipient> Recipients { get; init; }

    /// <summary>The e-mail as one recipient gets it, for senders that take one at a time.</summary>
    public OutgoingEmail For(BulkRecipient recipient) => new(recipient.Person, recipient.Key, Template with
    {
        To = recipient.To,
        MessageId = recipient.MessageId,
        UnsubscribeUrl = recipient.UnsubscribeUrl,
        Subject = Replace(Template.Subject, recipient),
        Text = Replace(Template.Text, recipient),
        Html = Replace(Template.Html, recipient),
    });

    private static string Replace(string text, BulkRecipient recipient)
    {
        foreach (var (mark, value) in recipient.Substitutions) text = text.Replace(mark, value, StringComparison.Ordinal);
        return text;
    }
}

/// <summary>One person of many.</summary>
internal sealed record BulkRecipient
{
    public required PersonId Person { get; init; }

    public required DeliveryKey Key { get; init; }

    public required EmailAddress To { get; init; }

    /// <summary><c>left@right</c>, without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required Uri UnsubscribeUrl { get; init; }

    /// <summary>By mark, such as <c>-unsubscribe-url-</c>: what stands there, alike in text and HTML, so with nothing that HTML would escape.</summary>
    public required IReadOnlyDictionary<string, string> Substitutions { get; init; }
}
