using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars;

/// <summary>What a registrant's link answers that is forged, cut, or of a registration that is gone.</summary>
internal static class UnknownLink
{
    public static Task<IResult> AnswerAsync(HttpContext context, Pages pages) => pages.MessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "This link does not work",
        "Perhaps it was cut when it was copied: try to open it from the e-mail itself. You can also have your confirmation sent again from the webinar's page.");
}
