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

    /// <summary>Whoever says nothing of topics gets all, weekly.</summary>
    /// <param name="otherLanguage">Of who did not choose one.</param>
    public static SubscriptionWish Read(Submission.Fields sent, string otherLanguage, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new()
        {
            Topics = fields.Lines(Topics, SubscriptionWish.MostTopics, SubscriptionWish.MaxTopicLength),
            Language = fields.Choice(Language, code => Choices.Has(Choices.Languages, code), "Choose a language from the list.") ?? otherLanguage,
            Cadence = fields.Choice(Cadence, DigestCadence.Weekly),
        };
    }
}
