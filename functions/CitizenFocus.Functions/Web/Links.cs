namespace CitizenFocus.Functions.Web;

/// <summary>
/// The only source of URLs. Members give paths, for pages of the site; <see cref="Absolute"/> makes of one what e-mails,
/// feeds and calendars need. The base is configured: the Host header is whatever a client says.
/// </summary>
internal sealed class Links(SiteOptions site)
{
    public string Home => "/";

    public string Webinars => "/webinars";

    public string Webinar(string slug) => $"/webinars/{Segment(slug)}";

    public string WebinarCalendar(string slug) => $"{Webinar(slug)}/calendar.ics";

    public string CalendarFeed => "/calendar.ics";

    public string Register(string slug) => $"{Webinar(slug)}/registrations";

    public string ConfirmationRequests(string slug) => $"{Webinar(slug)}/confirmation-requests";

    public string InvitationRequests(string slug) => $"{Webinar(slug)}/invitation-requests";

    public string Registration(string token) => $"/registrations/{Segment(token)}";

    public string CancelRegistration(string token) => $"{Registration(token)}/cancel";

    public string UndoCancellation(string token) => $"{Registration(token)}/undo";

    public string AnswerOffer(string token) => $"{Registration(token)}/accept";

    public string ChangeDetails(string token) => $"{Registration(token)}/details";

    public string RegistrationCalendar(string token) => $"{Registration(token)}/calendar.ics";

    public string Join(string token) => $"/join/{Segment(token)}";

    public string Invitation(string token) => $"/invitations/{Segment(token)}";

    public string InvitationUnsubscription(string token) => $"{Invitation(token)}/unsubscribe";

    public string Survey(string token) => $"/surveys/{Segment(token)}";

    public string SurveyThanks(string token) => $"{Survey(token)}/thanks";

    public string Series(string slug) => $"/series/{Segment(slug)}";

    public string FollowSeries(string slug) => $"{Series(slug)}/followers";

    public string FollowConfirmation(string token) => $"/series/confirm/{Segment(token)}";

    public string WebinarsFeed => "/webinars.atom";

    public string Library => "/library";

    public string Document(string id) => $"/library/{Segment(id)}";

    public string Download(string id) => $"{Document(id)}/download";

    public string Commitments => "/commitments";

    public string Commitment(string id) => $"/commitments/{Segment(id)}";

    public string ProposeCommitment => "/commitments/propose";

    public string CommitmentProposed => "/commitments/propose/received";

    public string CommitmentsFeed => "/commitments.atom";

    public string News => "/news";

    public string NewsItem(string id) => $"/news/{Segment(id)}";

    public string NewsFeed => "/news.atom";

    public string Digest => "/digest";

    public string DigestSubscriptions => "/digest/subscriptions";

    public string DigestConfirmation(string token) => $"/digest/confirm/{Segment(token)}";

    public string DigestUnsubscription(string token) => $"/digest/unsubscribe/{Segment(token)}";

    public string UndoDigestUnsubscription(string token) => $"{DigestUnsubscription(token)}/undo";

    public string DigestPreferences(string token) => $"/digest/preferences/{Segment(token)}";

    /// <param name="name">Its ISO 8601 week, such as <c>2026-W48</c>, or its month.</param>
    public string DigestIssue(string name) => $"/digest/issues/{Segment(name)}";

    public string DigestFeed => "/digest.atom";

    public string Contact => "/contact";

    public string Privacy => "/privacy";

    public string PrivacyRequests => "/privacy/requests";

    public string PrivacyOf(string token) => $"/privacy/{Segment(token)}";

    public string EmailPreviews => "/organise/emails";

    public string EmailPreview(string name) => $"{EmailPreviews}/{Segment(name)}";

    /// <param name="language">BCP 47: what its reader wants.</param>
    public string EmailPreview(string name, string language) => $"{EmailPreview(name)}?language={Segment(language)}";

    public string EmailPreviewHtml(string name, string language) => $"{EmailPreview(name)}/html?language={Segment(language)}";

    /// <exception cref="ArgumentException">Not a path of this site: <c>//host</c> and <c>/\host</c> lead browsers elsewhere.</exception>
    public Uri Absolute(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
            ? new Uri(site.BaseUrl, path)
            : throw new ArgumentException("A path of this site begins with one slash.", nameof(path));

    /// <summary>A calendar's address in the scheme by which calendar programs subscribe to it.</summary>
    public string Webcal(string path) => "webcal:" + Absolute(path).AbsoluteUri[(site.BaseUrl.Scheme.Length + 1)..];

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
