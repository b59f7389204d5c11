using System.Text.RegularExpressions;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Webinars;

/// <summary>A mail scanner opens every link of every e-mail, twice, with GET and HEAD; nothing may change by that.</summary>
public sealed partial class ScannerTests
{
    [Fact]
    public async Task Scanner_OpensEveryLinkOfEveryEmail_ChangesNothing()
    {
        await using var site = await Site.StartAsync();
        var webinar = await site.PublishAsync(w => w with { Capacity = 1, OffersSeats = true, Reminders = [NodaTime.Duration.FromHours(1)] });
        var approved = await site.PublishAsync(w => w with { NeedsApproval = true });
        string[] people = [a.Address("first"), a.Address("second"), a.Address("third")];
        foreach (var address in people)
        {
            await site.RegisterAsync(webinar, address);
            await site.SettleAsync(webinar);
        }

        await site.RegisterAsync(approved, people[0]);
        await site.SettleAsync(approved);
        await site.ChangeAsync(webinar, w => w with { Start = w.Start.PlusHours(1) });
        await site.AdvanceAsync(webinar);
        site.Time.Advance(TimeSpan.FromMinutes(11));
        await site.SettleAsync(webinar);
        await site.CancelAsync(webinar, people[0]);
        site.Time.Advance(TimeSpan.FromMinutes(11));
        await site.SettleAsync(webinar);
        await AssertScanChangesNothingAsync(site);

        await site.AnswerAsync(webinar, people[1]);
        await site.SettleAsync(webinar);
        webinar = (await site.FindWebinarAsync(webinar))!;
        site.Time.SetUtcNow((webinar.StartInstant - NodaTime.Duration.FromMinutes(58)).ToDateTimeOffset());
        await site.SettleAsync(webinar);
        site.Time.SetUtcNow((webinar.StartInstant - NodaTime.Duration.FromMinutes(5)).ToDateTimeOffset());
        await AssertScanChangesNothingAsync(site);
        Assert.Empty((await site.RegistrationAsync(webinar, people[1]))!.Attendance);

        site.Time.SetUtcNow((webinar.EndInstant + Webinar.LongestWaitForRecording).ToDateTimeOffset().AddMinutes(1));
        await site.SettleAsync(webinar);
        await AssertScanChangesNothingAsync(site);

        string[] kinds = [.. (await Task.WhenAll(people.Select(site.DeliveriesAsync))).SelectMany(each => each).Where(delivery => delivery.State == Functions.Email.DeliveryState.Accepted).Select(delivery => delivery.Key.Kind).Distinct().Order()];
        Assert.Equal(["cancelled", "changed", "confirmation", "follow-up", "offer", "pending", "reminder", "waiting"], kinds);
        Assert.Equal(RegistrationStatus.Cancelled, (await site.RegistrationAsync(webinar, people[0]))!.Status);
    }

    private static async Task AssertScanChangesNothingAsync(Site site)
    {
        var links = site.Mailbox.GetFiles("*.eml").SelectMany(file => LinksIn(MimeMessage.Load(file.FullName))).Distinct().ToList();
        Assert.NotEmpty(links);
        var before = await site.SnapshotAsync();

        foreach (var link in links)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get, HttpMethod.Head })
            {
                using var response = await site.Client.SendAsync(new(method, link.PathAndQuery));
                Assert.True((int)response.StatusCode < 500, $"{link.AbsolutePath} answered {response.StatusCode}.");
            }
        }

        Assert.Equal(before, await site.SnapshotAsync());
    }

    /// <summary>In the texts, the HTML and the calendars.</summary>
    private static IEnumerable<Uri> LinksIn(MimeMessage mail) =>
        mail.BodyParts.OfType<TextPart>()
            .SelectMany(part => Link().Matches(part.Text.Replace("\r\n ", "", StringComparison.Ordinal)))
            .Select(match => new Uri(match.Value))
            .Where(link => link.Host == new Uri(Site.BaseUrl).Host);

    [GeneratedRegex("""https://[^\s"'<>\\]+""")]
    private static partial Regex Link();
}
