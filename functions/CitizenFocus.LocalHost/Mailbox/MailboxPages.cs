using System.Globalization;
using Microsoft.AspNetCore.Html;
using MimeKit;

namespace CitizenFocus.LocalHost.Mailbox;

/// <summary>The mailbox as HTML. Whatever an e-mail holds is encoded on its way into a page.</summary>
internal static class MailboxPages
{
    private static readonly HtmlString Style = new("""
        :root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); --soft: light-dark(#5a636e, #a3adb8); }
        body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
        h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
        table { width: 100%; border-collapse: collapse; }
        th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { color: var(--soft); font-weight: 500; }
        td:last-child, time { white-space: nowrap; }
        .headers th { width: 12rem; }
        .headers td { white-space: pre-wrap; font-size: .9rem; }
        iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; color-scheme: light; }
        pre { padding: 1rem; border: 1px solid var(--line); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
        p, li { color: var(--soft); }
        """);

    public static IHtmlContent List(IReadOnlyList<MailSummary> mails) => Page("Mailbox", mails.Count == 0
        ? Html($"<h1>Mailbox</h1><p>No e-mail yet. What the app sends appears here; reload to look again.</p>")
        : Html($"""
            <h1>Mailbox</h1>
            <table>
            <thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Written</th></tr></thead>
            <tbody>
            {Join(mails.Select(mail => Html($"""
                <tr><td><a href="{mail.Page}">{(mail.Subject.Length == 0 ? "(no subject)" : mail.Subject)}</a></td><td>{mail.To}</td><td>{Time(mail.Received)}</td></tr>
                """)))}
            </tbody>
            </table>
            """));

    public static IHtmlContent Mail(string name, MimeMessage mail)
    {
        var path = $"{MailboxEndpoints.Path}/{Uri.EscapeDataString(name)}";
        var parts = MailPart.Of(mail).ToList();
        return Page(mail.Subject ?? "(no subject)", Html($"""
            <p><a href="{MailboxEndpoints.Path}">Mailbox</a></p>
            <h1>{mail.Subject ?? "(no subject)"}</h1>
            <p>From {mail.From.ToString()}<br>To {mail.To.ToString()}</p>
            {(mail.HtmlBody is { } html ? Html($"""<h2>As a web page</h2><iframe title="The e-mail's HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="{Framed(html)}"></iframe>""") : HtmlString.Empty)}
            {(mail.TextBody is { } text ? Html($"<h2>As text</h2><pre>{text}</pre>") : HtmlString.Empty)}
            <h2>Files</h2>
            <ul>
            {Join(parts.Select(part => Html($"""<li><a href="{path}/parts/{part.Index}">{part.FileName}</a> {part.ContentType}</li>""")))}
            <li><a href="{path}/raw">{name}</a> the e-mail itself</li>
            </ul>
            <h2>Headers</h2>
            <table class="headers">
            {Join(mail.Headers.Select(header => Html($"""<tr><th scope="row">{header.Field}</th><td>{header.Value}</td></tr>""")))}
            </table>
            """));
    }

    public static IHtmlContent Unreadable(string name, string fault) => Page(name, Html($"""
        <p><a href="{MailboxEndpoints.Path}">Mailbox</a></p>
        <h1>{name} cannot be read</h1>
        <p>{fault}</p>
        <p><a href="{MailboxEndpoints.Path}/{Uri.EscapeDataString(name)}/raw">The file</a></p>
        """));

    public static IHtmlContent NotFound() =>
        Page("Not found", Html($"""<h1>No such e-mail</h1><p><a href="{MailboxEndpoints.Path}">Mailbox</a></p>"""));

    /// <summary>Links in the frame open in a tab of their own: the frame itself may not navigate anywhere useful.</summary>
    private static string Framed(string html) => """<base target="_blank">""" + html;

    private static IHtmlContent Time(DateTimeOffset instant) => Html($"""
        <time datetime="{instant.ToString("O", CultureInfo.InvariantCulture)}">{instant.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time>
        """);

    private static IHtmlContent Page(string title, IHtmlContent body) => Html($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        <title>{title} - LocalHost</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        {body}
        </main>
        </body>
        </html>
        """);

    private static IHtmlContent Join(IEnumerable<IHtmlContent> items)
    {
        var all = new HtmlContentBuilder();
        foreach (var item in items)
        {
            all.AppendHtml(item);
        }

        return all;
    }

    /// <summary>HTML in which every value is encoded unless it is HTML already.</summary>
    private static HtmlFormattableString Html(FormattableString html) => new(html.Format, html.GetArguments()!);
}
