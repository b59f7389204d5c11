namespace CitizenFocus.Functions.Email;

/// <summary>One e-mail to one person, rendered, as every sender takes it.</summary>
internal sealed record EmailMessage
{
    public required EmailAddress To { get; init; }

    public string? ToName { get; init; }

    /// <summary>The <see cref="DeliveryKey.Kind"/> that it is of; decides whom it comes from.</summary>
    public string? Kind { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>Made from the delivery key, so that a mail that is sent again is known as the same: <c>left@right</c>, without angle brackets.</summary>
    public required string MessageId { get; init; }

    public CalendarPart? Calendar { get; init; }

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Sent to many who asked for it once, and who may leave by one click (RFC 8058).</summary>
    public bool IsBulk { get; init; }

    /// <summary>Where a POST unsubscribes; required of bulk mail.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary><see langword="null"/>: the one of <see cref="EmailOptions"/>.</summary>
    public EmailAddress? ReplyTo { get; init; }

    public DateTimeOffset Date { get; init; }
}

/// <param name="Method">REQUEST or CANCEL (RFC 5546 section 3.2); the same as in the content.</param>
/// <param name="Content">An iCalendar text with CRLF line ends.</param>
internal sealed record CalendarPart(string Method, string Content);
