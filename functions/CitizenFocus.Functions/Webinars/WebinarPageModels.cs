using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Series;
using NodaTime;
using Fields = CitizenFocus.Functions.Webinars.RegistrationFormModel.Fields;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Fills the webinar's page: as it is fetched, and as it comes back when what was sent could not be taken.</summary>
internal sealed class WebinarPageModels(WebinarService webinars, LibraryService library, SeriesService series, FormTokens forms, TimeProvider clock)
{
    public async Task<WebinarPageModel> FreshAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var model = new WebinarPageModel
        {
            Webinar = webinar,
            Now = now,
            Series = webinar.Series is { } slug ? await series.FindAsync(slug, cancellationToken) : null,
            Materials = await MaterialsAsync(webinar, cancellationToken),
            ConfirmationRequest = webinar.IsRunning(now) ? new() { FormToken = forms.Issue() } : null,
        };
        if (webinar.IsYetToOpen(now)) return model with { InvitationRequest = new() { FormToken = forms.Issue() } };
        if (!webinar.AcceptsRegistrations(now)) return model;

        model = model with { SeatsLeft = await webinars.FreeSeatsAsync(webinar, cancellationToken) };
        return webinar.IsInvitationOnly
            ? model with { InvitationRequest = new() { FormToken = forms.Issue() } }
            : model with { Registration = new() { FormToken = forms.Issue() } };
    }

    public async Task<WebinarPageModel> RefusedAsync(
        Webinar webinar, Submission.Fields sent, ValidationErrors errors, string? refusal, CancellationToken cancellationToken)
    {
        var model = await FreshAsync(webinar, cancellationToken) with { Refusal = refusal };

        // Who asked for a seat where one asks for an invitation is a click away from that.
        return model.InvitationRequest is { } invitation
            ? model with { InvitationRequest = invitation with { Email = sent.Text(Fields.Email) } }
            : model with { Registration = RegistrationFormModel.From(sent.Values, errors, forms.Issue()) with { CanBeSent = model.Registration is not null } };
    }

    /// <summary>What is no longer in the library is left out.</summary>
    private async Task<IReadOnlyList<Material>> MaterialsAsync(Webinar webinar, CancellationToken cancellationToken)
    {
        if (webinar.Materials.Count == 0) return [];
        var documents = await Task.WhenAll(webinar.Materials.Select(id => library.FindAsync(id, cancellationToken)));
        return [.. documents.OfType<Document>().Select(document => new Material(document.Id, document.Title))];
    }

    public static Dictionary<string, object?> Parameters(WebinarPageModel model) => new() { [nameof(WebinarPage.Model)] = model };
}
