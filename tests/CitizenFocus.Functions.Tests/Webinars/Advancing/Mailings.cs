using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>What tests of e-mails at their moments share.</summary>
internal static class Mailings
{
    public static readonly DateTimeZone Brussels = DateTimeZoneProviders.Tzdb["Europe/Brussels"];

    public static Instant Now(this Site site) => Instant.FromDateTimeOffset(site.Time.GetUtcNow());

    /// <summary>A webinar that begins so long from now.</summary>
    public static Task<Webinar> PublishInAsync(this Site site, Duration fromNow, Func<Webinar, Webinar>? change = null) => site.PublishAsync(webinar =>
    {
        webinar = webinar with { Start = (site.Now() + fromNow).InZone(Brussels).LocalDateTime, Zone = Brussels };
        return change is null ? webinar : change(webinar);
    });

    public static async Task RegisterAndSettleAsync(this Site site, Webinar webinar, params IEnumerable<string> people)
    {
        foreach (var address in people)
        {
            await site.RegisterAsync(webinar, address);
            await site.SettleAsync(webinar);
            site.Time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Moves the clock to a moment, and does what the host does then.</summary>
    public static async Task SettleAtAsync(this Site site, Webinar webinar, Instant moment)
    {
        site.Time.Advance((moment - site.Now()).ToTimeSpan());
        await site.SettleAsync(webinar);
    }

    /// <summary>Subjects of the e-mails that begin so, without the beginning, in the order of their dates.</summary>
    public static string[] Subjects(this Site site, string address, string beginning) => [.. site.MailsTo(address)
        .OrderBy(mail => mail.Date)
        .Where(mail => mail.Subject!.StartsWith(beginning, StringComparison.Ordinal))
        .Select(mail => mail.Subject![beginning.Length..])];

    public static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(this Site site, string address, string kind) =>
        [.. (await site.DeliveriesAsync(address)).Where(delivery => delivery.Key.Kind == kind)];
}
