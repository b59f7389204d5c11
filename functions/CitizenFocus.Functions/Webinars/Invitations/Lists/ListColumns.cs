namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Which column of a table holds what, counted from 0; <see langword="null"/> where none does.</summary>
internal sealed record ListColumns(int Address, int? Name, int? FirstName, int? LastName, int? Language)
{
    /// <summary>For the answer to a table that has other columns.</summary>
    public const string Expected = "email (or e-mail, mail, address); if you like, name (or first name and last name), and language";

    // The likelier first: beside "email", "address" is where somebody lives.
    private static readonly string[] AddressNames = ["email", "emailaddress", "mail", "mailaddress", "address"];
    private static readonly string[] Names = ["name", "fullname"];
    private static readonly string[] FirstNames = ["firstname", "givenname", "forename"];
    private static readonly string[] LastNames = ["lastname", "surname", "familyname"];
    private static readonly string[] Languages = ["language", "lang"];

    public static ListColumns? TryFind(IEnumerable<string> header)
    {
        string[] found = [.. header.Select(Plain)];
        return Find(AddressNames) is { } address ? new(address, Find(Names), Find(FirstNames), Find(LastNames), Find(Languages)) : null;

        int? Find(string[] names) =>
            names.Select(name => Array.IndexOf(found, name)).FirstOrDefault(index => index >= 0, -1) is >= 0 and var index ? index : null;
    }

    /// <summary><c>E-Mail</c>, <c>e_mail</c> and <c>EMAIL</c> are one.</summary>
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
