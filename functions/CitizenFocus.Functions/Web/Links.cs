namespace CitizenFocus.Functions.Web;

internal sealed class Links(SiteOptions site)
{
    public string Home => "/";
    public string Webinars => "/webinars";
    public string Webinar(string slug) => $"/webinars/{slug}";
    public string WebinarCalendar(string slug) => $"/webinars/{slug}/calendar.ics";
    public string CalendarFeed => "/calendar.ics";
    public string Register(string slug) => $"/webinars/{slug}/registrations";
    public string ConfirmationRequests(string slug) => $"/webinars/{slug}/confirmation-requests";
    public string Registration(string token) => $"/registrations/{token}";
    public string CancelRegistration(string token) => $"/registrations/{token}/cancel";
    public string UndoCancellation(string token) => $"/registrations/{token}/undo";
    public string Join(string token) => $"/join/{token}";
    public string Library => "/library";
    public string Document(string id) => $"/library/{id}";
    public string Download(string id) => $"/library/{id}/download";
    public string Commitments => "/commitments";
    public string Commitment(string id) => $"/commitments/{id}";
    public string CommitmentsFeed => "/commitments.atom";
    public string News => "/news";
    public string NewsItem(string id) => $"/news/{id}";
    public string NewsFeed => "/news.atom";
    public string Digest => "/digest";
    public string Contact => "/contact";
    public string Privacy => "/privacy";
    public Uri Absolute(string path) => new(site.BaseUrl, path);
}
