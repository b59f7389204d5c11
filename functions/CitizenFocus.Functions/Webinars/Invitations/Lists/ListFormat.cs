namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>How a list is to be read. The names are stored.</summary>
internal enum ListFormat
{
    /// <summary>Not a file at all: a standing list.</summary>
    None,

    /// <summary>RFC 4180, with a line of names above, separated by commas, semicolons or tabs.</summary>
    Csv,

    /// <summary>Addresses as people paste them, one or several a line.</summary>
    Addresses,
}
