using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Email.Previews;

/// <summary>Shows organisers, and developers on their own machine, every e-mail that the site sends.</summary>
internal static class EmailPreviews
{
    public static void Map(IEndpointRouteBuilder site)
    {
        var previews = site.MapGroup("/organise/emails").AddEndpointFilter<PreviewFilter>();
        previews.MapMethods("", Pages.Methods, ListAsync);
        previews.MapMethods("{name}", Pages.Methods, ShowAsync);
        previews.MapMethods("{name}/html", Pages.Methods, ShowHtmlAsync);
    }

    private static Task<IResult> ListAsync(HttpContext context, Pages pages, EmailCatalogue catalogue) => pages.PageAsync<EmailListPage>(
        context,
        new Dictionary<string, object?> { [nameof(EmailListPage.Samples)] = catalogue.All.Select(sample => (sample.Name, sample.When)).ToList() });

    private static async Task<IResult> ShowAsync(HttpContext context, string name, Pages pages, Links links, EmailCatalogue catalogue, EmailOptions options)
    {
        if (catalogue.Find(name, LanguageOf(context)) is not { } sample) return await pages.NotFoundAsync(context);
        var message = await sample.ComposeAsync() with { Kind = sample.Kind };
        using var mime = MimeWriter.Compose(message, options);
        var page = await pages.PageAsync<EmailPreviewPage>(context, new Dictionary<string, object?>
        {
            [nameof(EmailPreviewPage.Model)] = new EmailPreviewModel
            {
                When = sample.When,
                Subject = message.Subject,
                Text = message.Text,
                Fields = [.. mime.Headers.Select(header => (header.Field, header.Value))],
                Attachments = [.. mime.Attachments.Select(part => $"{part.ContentDisposition?.FileName} ({part.ContentType.MimeType})")],
                ListPath = links.EmailPreviews,
                HtmlPath = links.EmailPreviewHtml(sample.Name, LanguageOf(context)),
                Language = message.Language,
                Languages = [.. Texts.Tags.Select(tag => (tag, Choices.LanguageName(tag) ?? tag, links.EmailPreview(sample.Name, tag)))],
            },
        });
        return new Framing(page);
    }

    private static string LanguageOf(HttpContext context) => Texts.In(context.Request.Query["language"]).Tag;

    private static async Task<IResult> ShowHtmlAsync(HttpContext context, string name, Pages pages, Links links, EmailCatalogue catalogue) =>
        catalogue.Find(name, LanguageOf(context)) is { } sample
            ? new FramedEmail((await sample.ComposeAsync()).Html, links.Absolute("/").GetLeftPart(UriPartial.Authority))
            : await pages.NotFoundAsync(context);
}
