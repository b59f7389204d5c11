namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>A document of the library, as an e-mail names it.</summary>
public sealed record DocumentLink(string Title, Uri Url);
