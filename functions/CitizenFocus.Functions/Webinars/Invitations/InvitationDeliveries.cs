using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Invitations by their keys in the send ledger: one a list.</summary>
internal static class InvitationDeliveries
{
    public const string Kind = "invitation";

    public static DeliveryKey Of(WebinarSlug webinar, string list) => DeliveryKey.Of(Kind, webinar.Value, list);

    public static (WebinarSlug Webinar, string List) Parse(DeliveryKey key) => (WebinarSlug.Parse(key.Part(0)), key.Part(1));
}
