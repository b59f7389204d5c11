using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Invitations by their keys in the send ledger: one a list; of those who ask, one a day.</summary>
internal static class InvitationDeliveries
{
    public const string Kind = "invitation";

    private const string OnADay = InvitationKeys.Requests + "-";

    public static DeliveryKey Of(WebinarSlug webinar, string list, RowResult result) =>
        DeliveryKey.Of(Kind, webinar.Value, result.Day is { } day ? $"{list}-{day}" : list);

    public static (WebinarSlug Webinar, string List) Parse(DeliveryKey key) =>
        (WebinarSlug.Parse(key.Part(0)), key.Part(1).StartsWith(OnADay, StringComparison.Ordinal) ? InvitationKeys.Requests : key.Part(1));
}
