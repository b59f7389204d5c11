using CitizenFocus.Functions.Web;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Fills the webinar's page: as it is fetched, and as it comes back when what was sent could not be taken.</summary>
internal sealed class WebinarPageModels(WebinarService webinars, FormTokens forms, TimeProvider clock)
{
    public async Task<WebinarPageModel> FreshAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var model = new WebinarPageModel { Webinar = webinar, Now = now };
        if (!webinar.AcceptsRegistrations(now)) return model;

        return model with
        {
            SeatsLeft = await webinars.FreeSeatsAsync(webinar, cancellationToken),
            Registration = new() { FormToken = forms.Issue() },
            ConfirmationRequest = new() { FormToken = forms.Issue() },
        };
    }

    public async Task<WebinarPageModel> RefusedAsync(
        Webinar webinar, Submission.Fields sent, ValidationErrors errors, string? refusal, CancellationToken cancellationToken)
    {
        var form = RegistrationFormModel.From(sent.Values, errors, forms.Issue());
        return await FreshAsync(webinar, cancellationToken) with { Registration = form, Refusal = refusal };
    }

    public static Dictionary<string, object?> Parameters(WebinarPageModel model) => new() { [nameof(WebinarPage.Model)] = model };
}
