using System.Globalization;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The row keys of a webinar's partition in the table Invitations.</summary>
internal static class InvitationKeys
{
    /// <summary>The standing list of those who asked for an invitation.</summary>
    public const string Requests = "requests";

    /// <summary>The standing list of those who follow the webinar's series.</summary>
    public const string Followers = "followers";

    public static string Invitation(PersonId person) => $"i|{person}";

    public static string List(string list) => $"l|{list}";

    /// <summary>What became of some of a list's rows.</summary>
    public static string Results(string list, int chunk) => string.Create(CultureInfo.InvariantCulture, $"m|{list}|{chunk:D6}");

    /// <summary>A request for an invitation, in the order of time.</summary>
    public static string Request(long ticks, PersonId person) => string.Create(CultureInfo.InvariantCulture, $"a|{ticks:D19}|{person}");

    /// <summary>That the person asked: so that they are in the order once.</summary>
    public static string Requester(PersonId person) => $"p|{person}";

    /// <summary>Whose <see cref="Request"/> a key is.</summary>
    public static PersonId RequesterOf(string requestKey) => PersonId.Parse(requestKey[(requestKey.LastIndexOf('|') + 1)..]);
}
