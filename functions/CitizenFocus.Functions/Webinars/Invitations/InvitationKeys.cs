using System.Globalization;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The row keys of a webinar's partition in the table Invitations.</summary>
internal static class InvitationKeys
{
    /// <summary>The standing list of those who asked for an invitation.</summary>
    public const string Requests = "requests";

    /// <summary>What the standing lists of those who follow a series begin with; alone, a list of an earlier release.</summary>
    public const string Followers = "followers";

    private const string OfSeries = Followers + "-";

    /// <summary>The standing list of those who follow a series: a webinar that moves to another one gets that one's.</summary>
    public static string FollowersOf(string series) => OfSeries + series;

    /// <summary>Which series a list of <see cref="FollowersOf"/> is about; <see langword="null"/> for any other.</summary>
    public static string? SeriesOf(string list) => list.StartsWith(OfSeries, StringComparison.Ordinal) ? list[OfSeries.Length..] : null;

    public static bool IsFollowers(string list) => list == Followers || SeriesOf(list) is not null;

    /// <summary>People come on such a list by themselves, and on any other by an organiser.</summary>
    public static bool IsStanding(string list) => list == Requests || IsFollowers(list);

    public static string Invitation(PersonId person) => $"i|{person}";

    public static string List(string list) => $"l|{list}";

    /// <summary>What became of some of a list's rows.</summary>
    public static string Results(string list, int chunk) => string.Create(CultureInfo.InvariantCulture, $"m|{list}|{chunk:D6}");

    /// <summary>A request for an invitation, in the order of time.</summary>
    public static string Request(long ticks, PersonId person) => string.Create(CultureInfo.InvariantCulture, $"a|{ticks:D19}|{person}");

    /// <summary>That the person asked on a day: so that they are in the order once a day.</summary>
    public static string Requester(PersonId person, DateTimeOffset at) => $"p|{person}|{Day(at)}";

    /// <summary>A day in UTC, as it tells apart what somebody asks for again.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Whose <see cref="Request"/> a key is.</summary>
    public static PersonId RequesterOf(string requestKey) => PersonId.Parse(requestKey[(requestKey.LastIndexOf('|') + 1)..]);
}
