using System.Text.Encodings.Web;
using System.Text.Json;
using CitizenFocus.LocalHost.Functions;
using Microsoft.AspNetCore.Html;
using Microsoft.Net.Http.Headers;
using MimeKit;

namespace CitizenFocus.LocalHost.Mailbox;

/// <summary>The mailbox's pages, which are LocalHost's own: the app never sees these requests.</summary>
public static class MailboxEndpoints
{
    public const string Path = "/_local/mailbox";

    // Nothing runs, and nothing is fetched but the site's own logo; inline styles are those of the page and of the e-mails
    // shown in it. The host is named, since a mail's frame is sandboxed and so has no 'self'.
    private static string ContentSecurityPolicy(HttpRequest request) =>
        $"default-src 'none'; style-src 'unsafe-inline'; img-src data: {request.Scheme}://{request.Host}; frame-src 'self'; frame-ancestors 'self'; form-action 'none'";

    public static void MapMailbox(this IEndpointRouteBuilder endpoints, MailboxFolder mailbox)
    {
        endpoints.MapGet(Path, context => WriteAsync(context, MailboxPages.List(mailbox.List())));
        endpoints.MapGet(Path + ".json", context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            return JsonSerializer.SerializeAsync(context.Response.Body, mailbox.List(), LocalHostJson.Default.IReadOnlyListMailSummary);
        });
        endpoints.MapGet(Path + "/{name}", context =>
            WithMailAsync(context, mailbox, (file, name) => WriteAsync(context, Show(name, file))));
        endpoints.MapGet(Path + "/{name}/raw", context =>
            WithMailAsync(context, mailbox, (file, name) => DownloadAsync(context, "message/rfc822", name, File.OpenRead(file))));
        endpoints.MapGet(Path + "/{name}/parts/{index:int}", context =>
            WithMailAsync(context, mailbox, (file, _) => WritePartAsync(context, MimeMessage.Load(file))));
    }

    private static Task WithMailAsync(HttpContext context, MailboxFolder mailbox, Func<string, string, Task> write)
    {
        var name = (string)context.GetRouteValue("name")!;
        if (mailbox.Find(name) is { } file) return write(file, name);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, MailboxPages.NotFound());
    }

    private static IHtmlContent Show(string name, string file)
    {
        try
        {
            return MailboxPages.Mail(name, MimeMessage.Load(file));
        }
        catch (FormatException fault)
        {
            return MailboxPages.Unreadable(name, fault.Message);
        }
    }

    private static async Task WritePartAsync(HttpContext context, MimeMessage mail)
    {
        var index = int.Parse((string)context.GetRouteValue("index")!, System.Globalization.CultureInfo.InvariantCulture);
        if (MailPart.Of(mail).FirstOrDefault(part => part.Index == index) is not { } part)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await WriteAsync(context, MailboxPages.NotFound());
            return;
        }

        await DownloadAsync(context, part.ContentType, part.FileName, part.Open());
    }

    private static async Task DownloadAsync(HttpContext context, string contentType, string fileName, Stream content)
    {
        await using var _ = content;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        context.Response.ContentType = contentType;
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, IHtmlContent page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy(context.Request);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        await using var text = new StringWriter();
        page.WriteTo(text, HtmlEncoder.Default);
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
