namespace CitizenFocus.LocalHost.Mailbox;

/// <summary>An e-mail in a list.</summary>
/// <param name="Name">Its file's name, which identifies it.</param>
/// <param name="Received">When the file was written.</param>
/// <param name="Page">Where it can be looked at, from the site's root.</param>
/// <param name="Raw">Where the .eml file itself is.</param>
public sealed record MailSummary(string Name, string Subject, string From, string To, DateTimeOffset Received, string Page, string Raw);
