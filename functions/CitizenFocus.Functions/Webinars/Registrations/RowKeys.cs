using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>
/// The row keys of a webinar's partition. The first letter is the kind; numbers are padded, so that the order of the keys
/// is the order of time.
/// </summary>
internal static class RowKeys
{
    /// <summary>What Advance decides by: the counts, and its copy of status, capacity and revision. Its ETag is the only lock.</summary>
    public const string Seats = "s";

    /// <summary>How far everybody was told that the webinar is cancelled.</summary>
    public const string CallOff = "x|cancelled";

    /// <summary>Before the place of a mailing that goes through the registrations once more.</summary>
    public const string SecondPass = "2";

    private const string ChangePrefix = "x|changed|";

    /// <summary>Below each registration's key, and above those of the kinds before it.</summary>
    public const string BeforeRegistrations = "r|";

    public static string Registration(PersonId person) => $"r|{person}";

    /// <summary>Whose <see cref="Registration"/> a key is.</summary>
    public static PersonId PersonOf(string registrationKey) => PersonId.Parse(registrationKey[BeforeRegistrations.Length..]);

    /// <summary>A request for a seat.</summary>
    public static string Request(long ticks, PersonId person) => $"q|{Padded(ticks)}|{person}";

    /// <summary>A place in the line.</summary>
    public static string Place(long place, PersonId person) => $"w|{Padded(place)}|{person}";

    /// <summary>A seat that is kept for an undo.</summary>
    public static string Hold(DateTimeOffset expiry, PersonId person) => $"h|{Padded(expiry.UtcTicks)}|{person}";

    /// <summary>An e-mail that is due.</summary>
    public static string Outgoing(PersonId person, DeliveryKey key) => $"o|{person}|{key}";

    /// <summary>A seat that is offered.</summary>
    public static string Offer(DateTimeOffset expiry, PersonId person) => $"f|{Padded(expiry.UtcTicks)}|{person}";

    /// <summary>How far everybody was told what changed.</summary>
    public static string Change(int revision) => string.Create(CultureInfo.InvariantCulture, $"{ChangePrefix}{revision:D10}");

    /// <summary>The revision in a key of <see cref="Change"/>; <see langword="null"/> for any other key.</summary>
    public static int? RevisionOf(string rowKey) => rowKey.StartsWith(ChangePrefix, StringComparison.Ordinal)
        ? int.Parse(rowKey.AsSpan(ChangePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    /// <summary>How far a reminder or follow-up got; <paramref name="key"/> is the one its mails have in the send ledger.</summary>
    public static string Mailing(DeliveryKey key) => $"x|{key}";

    /// <summary>How the webinar was at a revision.</summary>
    public static string Face(int revision) => string.Create(CultureInfo.InvariantCulture, $"v|{revision:D10}");

    public static (PersonId Person, DeliveryKey Key) ParseOutgoing(string rowKey)
    {
        var parts = rowKey.Split('|', 3);
        return (PersonId.Parse(parts[1]), DeliveryKey.Parse(parts[2]));
    }

    /// <summary>The person and the number in a key of <see cref="Request"/>, <see cref="Place"/> or <see cref="Hold"/>.</summary>
    public static (long Number, PersonId Person) ParseNumbered(string rowKey)
    {
        var parts = rowKey.Split('|');
        return (long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), PersonId.Parse(parts[2]));
    }

    /// <summary>Holds that end at <paramref name="now"/> or before have keys below this one.</summary>
    public static string HoldsDueBefore(DateTimeOffset now) => $"h|{Padded(now.UtcTicks + 1)}";

    /// <summary>Offers that end at <paramref name="now"/> or before have keys below this one.</summary>
    public static string OffersDueBefore(DateTimeOffset now) => $"f|{Padded(now.UtcTicks + 1)}";

    /// <summary>Places before <paramref name="place"/> have keys below this one.</summary>
    public static string PlacesFrom(long place) => $"w|{Padded(place)}";

    private static string Padded(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
