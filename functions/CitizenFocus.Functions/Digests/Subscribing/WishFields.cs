using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Digests;

/// <summary>The fields of the forms for subscribing and for preferences.</summary>
internal static class WishFields
{
    public const string Email = "email";
    public const string Topics = "topics";
    public const string Language = "language";
    public const string Cadence = "cadence";

    /// <summary>Whoever says nothing of topics gets all, in English, weekly.</summary>
    public static SubscriptionWish Read(Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new()
        {
            Topics = fields.Lines(Topics, SubscriptionWish.MostTopics, SubscriptionWish.MaxTopicLength),
            Language = fields.Choice(Language, code => Choices.Has(Choices.Languages, code), "Choose a language from the list.") ?? "en",
            Cadence = fields.Choice(Cadence, DigestCadence.Weekly),
        };
    }
}
