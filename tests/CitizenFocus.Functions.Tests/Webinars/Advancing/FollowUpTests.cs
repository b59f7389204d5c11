using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using CitizenFocus.Testing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>After the end: one e-mail to those who came, another to those who did not.</summary>
public sealed class FollowUpTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Thanks = "Thank you for coming: ", Sorry = "We missed you: ";
    private static readonly Uri Recording = new("https://video.example/watch");
    private static readonly Duration Day = Duration.FromDays(1);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task FollowUp_WithARecording_WaitsForItAndIsAnotherForWhoCame()
    {
        var id = AzuriteFixture.UniqueName("handbook");
        await _site.Services.GetRequiredService<LibraryService>().PutAsync(new() { Id = id, Title = "The handbook", Kind = "Handbook" }, default);
        var webinar = await _site.PublishInAsync(2 * Day, w => w with { Capacity = 3, Materials = [id, "no-such-document"] });
        var (came, missed, gone, waiting) = (a.Address("came"), a.Address("missed"), a.Address("gone"), a.Address("wait"));
        await _site.RegisterAndSettleAsync(webinar, came, missed, gone, waiting);
        _site.Time.Advance((webinar.StartInstant - _site.Now()).ToTimeSpan());
        await JoinAsync(webinar, came, 1);
        await _site.CancelAsync(webinar, gone);
        await _site.SettleAsync(webinar);
        await _site.SettleAtAsync(webinar, webinar.EndInstant + 3 * Day);
        Assert.Equal(WebinarStatus.Ended, (await _site.Services.GetRequiredService<WebinarService>().FindAsync(webinar.Slug, default))!.Value.Status);
        Assert.Empty(_site.Subjects(came, Thanks));

        await _site.ChangeAsync(webinar, w => w with { Recording = Recording });
        await _site.SettleAsync(webinar);
        await _site.SettleAsync(webinar);

        var thanks = Assert.Single(_site.MailsTo(came), mail => mail.Subject == Thanks + "Citizens first").TextBody!;
        var sorry = Assert.Single(_site.MailsTo(missed), mail => mail.Subject == Sorry + "Citizens first").TextBody!;
        Assert.All([thanks, sorry], text => Assert.Contains($"\n{Recording}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.All([thanks, sorry], text => Assert.Contains($"The handbook:\nhttps://focus.example/library/{id}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.Contains("https://focus.example/surveys/", thanks, StringComparison.Ordinal);
        Assert.DoesNotContain("/surveys/", sorry, StringComparison.Ordinal);
        Assert.All([came, missed], address => Assert.Single(_site.Subjects(address, Thanks).Concat(_site.Subjects(address, Sorry))));
        Assert.All([gone, waiting], address => Assert.Empty(_site.Subjects(address, Thanks).Concat(_site.Subjects(address, Sorry))));
    }

    [Fact]
    public async Task FollowUp_WhereNoRecordingComes_IsSentAfterFourteenDaysAndSaysNothingOfIt()
    {
        var (webinar, anna) = (await _site.PublishInAsync(2 * Day), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.SettleAtAsync(webinar, webinar.EndInstant + 14 * Day - Duration.FromMinutes(1));
        Assert.Empty(_site.Subjects(anna, Sorry));

        await _site.SettleAtAsync(webinar, webinar.EndInstant + 14 * Day);

        Assert.DoesNotContain("ecording", Assert.Single(_site.MailsTo(anna), mail => mail.Subject!.StartsWith(Sorry, StringComparison.Ordinal)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowUp_ThatWaitsForNothing_ComesToTheMinuteAndCountsAnySession()
    {
        var webinar = await _site.PublishInAsync(2 * Day, w => w with { AwaitsRecording = false, FurtherSessions = [new(w.Start.PlusDays(7), Duration.FromHours(1))] });
        var anna = a.Address();
        await _site.RegisterAndSettleAsync(webinar, anna);
        await JoinAsync(webinar, anna, 1);
        await _site.SettleAtAsync(webinar, webinar.EndInstant + Day - Duration.FromMinutes(1));
        Assert.Empty(_site.Subjects(anna, Thanks));

        await _site.SettleAtAsync(webinar, webinar.EndInstant + Day);

        Assert.Single(_site.Subjects(anna, Thanks));
    }

    [Fact]
    public async Task FollowUp_OfACancelledWebinar_IsNone()
    {
        var (webinar, anna) = (await _site.PublishInAsync(2 * Day, w => w with { AwaitsRecording = false }), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.CancelWebinarAsync(webinar);
        await _site.SettleAtAsync(webinar, webinar.EndInstant + Day);
        await _site.InvokeAsync("SendEmail", Site.DueEmail(_site.PersonOf(anna), WebinarDeliveries.FollowUp(webinar.Slug, webinar.Sessions[^1]).Value));

        Assert.Equal("The webinar has been cancelled.", Assert.Single(await _site.DeliveriesAsync(anna, WebinarDeliveries.FollowUpKind)).Reason);
    }

    private Task JoinAsync(Webinar webinar, string address, int session) => _site.Services.GetRequiredService<RegistrationStore>()
        .RecordAttendanceAsync(webinar.Slug, _site.PersonOf(address), session, new(webinar.Sessions[session - 1].Start.ToDateTimeOffset()), Azure.ETag.All, default);
}
