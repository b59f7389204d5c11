using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars;

/// <summary>The links by which a registrant is known: to the registration's page, to the room, and to the survey. None expires by time.</summary>
internal sealed class RegistrationTokens(Tokens tokens, Links links)
{
    public string Issue(TokenPurpose purpose, WebinarSlug webinar, PersonId person) => tokens.Issue(purpose, $"{webinar}|{person}");

    public Uri RegistrationUrl(WebinarSlug webinar, PersonId person) =>
        links.Absolute(links.Registration(Issue(TokenPurpose.Registration, webinar, person)));

    public Uri JoinUrl(WebinarSlug webinar, PersonId person) =>
        links.Absolute(links.Join(Issue(TokenPurpose.Join, webinar, person)));

    public Uri SurveyUrl(WebinarSlug webinar, PersonId person) =>
        links.Absolute(links.Survey(Issue(TokenPurpose.Survey, webinar, person)));

    /// <returns><see langword="null"/> for a token that is forged, cut, or for something else.</returns>
    public (WebinarSlug Webinar, PersonId Person)? Read(TokenPurpose purpose, string token) =>
        tokens.Read(purpose, token) is TokenReading.Valid(var subject)
        && subject.Split('|') is [var slug, var id]
        && WebinarSlug.TryParse(slug, out var webinar)
        && PersonId.TryParse(id, out var person)
            ? (webinar, person)
            : null;

    /// <summary>The webinar that a broken link was for, as far as its text tells: nothing is proven, so only what is public may follow from it.</summary>
    public static WebinarSlug? FindWebinarUnverified(string token) =>
        WebinarSlug.TryParse(Tokens.ReadSubjectUnverified(token), out var webinar) ? webinar : null;
}
