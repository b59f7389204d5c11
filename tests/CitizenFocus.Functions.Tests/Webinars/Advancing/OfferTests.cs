using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>What those hear who have no seat yet: an offer and its end, and an organiser's decision.</summary>
public sealed class OfferTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly TimeSpan UndoPeriod = TimeSpan.FromMinutes(10);

    private readonly Site _site = fixture.Site;

    [Fact]
    public async Task Offer_Taken_SaysUntilWhenAndThenConfirmsWithAnEntry()
    {
        var (webinar, bert, _) = await OfferedAsync();

        var offer = Assert.Single(_site.MailsTo(bert), mail => mail.Subject == "A seat is free for you: Citizens first");
        var until = Instant.FromDateTimeOffset((await _site.RegistrationAsync(webinar, bert))!.OfferedUntil!.Value);
        Assert.Contains(WebinarTimes.English.Moment(webinar, until), offer.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("https://focus.example" + _site.RegistrationPath(webinar, bert), offer.TextBody, StringComparison.Ordinal);
        Assert.Empty(await _site.CalendarsToAsync(bert));

        Assert.IsType<AnswerOffer.Outcome.Seated>(await AnswerAsync(webinar, bert));
        await _site.SettleAsync(webinar);

        Assert.Single(_site.Subjects(bert, "You are registered: "));
        Assert.Equal("REQUEST", Assert.Single(await _site.CalendarsToAsync(bert)).Method);
    }

    [Fact]
    public async Task Offer_NotAnswered_LapsesAndGoesToTheNextAndTheAnswerMakesThemNext()
    {
        var (webinar, bert, carl) = await OfferedAsync();
        _site.Time.Advance(TimeSpan.FromHours(24));
        await _site.SettleAsync(webinar);

        Assert.Single(_site.Subjects(bert, "Your seat went to the next in line: "));
        Assert.Single(_site.Subjects(carl, "A seat is free for you: "));
        Assert.IsType<AnswerOffer.Outcome.InLine>(await AnswerAsync(webinar, bert));
        await _site.CancelAsync(webinar, carl);
        await _site.SettleAsync(webinar);

        Assert.Single(_site.Subjects(bert, "A seat for you: "));
        Assert.Equal("REQUEST", Assert.Single(await _site.CalendarsToAsync(bert)).Method);
        Assert.Empty(await _site.CalendarsToAsync(carl));
        Assert.Contains("no longer wait", Assert.Single(_site.MailsTo(carl), mail => mail.Subject!.StartsWith("Your registration is cancelled", StringComparison.Ordinal)).TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_OnTheQueueWhenItEnds_IsNotSent()
    {
        var (webinar, bert, _) = await OfferedAsync(pump: false);
        _site.Time.Advance(TimeSpan.FromHours(24));
        await _site.PumpAsync();

        Assert.Equal("The offer has ended.", Assert.Single(await _site.DeliveriesAsync(bert, WebinarDeliveries.OfferKind)).Reason);
        Assert.Equal(RegistrationStatus.Offered, (await _site.RegistrationAsync(webinar, bert))!.Status);
    }

    [Fact]
    public async Task Asking_AgainForTheMail_GivesTheOneOfTheStateNow()
    {
        var (webinar, bert, _) = await OfferedAsync();
        await AskAgainAsync(webinar, bert);
        Assert.Equal(2, _site.Subjects(bert, "A seat is free for you: ").Length);

        _site.Time.Advance(TimeSpan.FromHours(24));
        await _site.SettleAsync(webinar);
        await AskAgainAsync(webinar, bert);
        Assert.Equal(2, _site.Subjects(bert, "Your seat went to the next in line: ").Length);
    }

    [Fact]
    public async Task Cancelled_ByTheOrganisers_TellsWhoIsOfferedASeatWaitsSleepsOrIsPending()
    {
        var (webinar, bert, carl) = await OfferedAsync();
        var dora = a.Address("dora");
        await _site.RegisterAndSettleAsync(webinar, dora);
        _site.Time.Advance(TimeSpan.FromHours(24));
        await _site.SettleAsync(webinar);
        await _site.ChangeAsync(webinar, w => w with { NeedsApproval = true });
        var eva = a.Address("eva");
        await _site.RegisterAndSettleAsync(webinar, eva);
        RegistrationStatus[] expected = [RegistrationStatus.Dormant, RegistrationStatus.Offered, RegistrationStatus.Waiting, RegistrationStatus.Pending];
        string[] people = [bert, carl, dora, eva];
        foreach (var (address, status) in people.Zip(expected)) Assert.Equal(status, (await _site.RegistrationAsync(webinar, address))!.Status);

        await _site.CancelWebinarAsync(webinar);
        await _site.SettleAsync(webinar);

        foreach (var address in people)
        {
            Assert.Single(_site.Subjects(address, "Cancelled: "));
            Assert.Empty(await _site.CalendarsToAsync(address));
        }
    }

    [Theory]
    [InlineData(true, "You are registered: Citizens first")]
    [InlineData(false, "About your registration: Citizens first")]
    public async Task Approval_Given_OrNot_IsToldWithoutAnEntryUntilThereIsASeat(bool approve, string subject)
    {
        var (webinar, anna) = (await _site.PublishAsync(w => w with { NeedsApproval = true }), a.Address());
        await _site.RegisterAndSettleAsync(webinar, anna);
        Assert.Equal("We have your registration: Citizens first", Assert.Single(_site.MailsTo(anna)).Subject);
        await AskAgainAsync(webinar, anna);
        Assert.Equal(2, _site.Subjects(anna, "We have your registration: ").Length);
        Assert.Empty(await _site.CalendarsToAsync(anna));

        await _site.Services.GetRequiredService<DecideApproval>().HandleAsync(webinar.Slug, _site.PersonOf(anna), approve, default);
        await _site.SettleAsync(webinar);

        Assert.Equal(3, _site.MailsTo(anna).Count);
        Assert.Contains(_site.MailsTo(anna), mail => mail.Subject == subject);
        Assert.Equal(approve ? 1 : 0, (await _site.CalendarsToAsync(anna)).Count);
    }

    [Fact]
    public async Task Seat_GivenUpByWhoThenWaitsAgain_TakesTheEntryOutWhateverComesAfter()
    {
        var webinar = await _site.PublishAsync(w => w with { Capacity = 1 });
        var (anna, bert) = (a.Address(), a.Address("bert"));
        await _site.RegisterAndSettleAsync(webinar, anna, bert);
        await _site.CancelAsync(webinar, anna);
        await _site.RegisterAndSettleAsync(webinar, anna);
        await _site.CancelAsync(webinar, anna);
        await _site.SettleAsync(webinar);

        Assert.Equal("CANCEL", (await _site.CalendarsToAsync(anna))[^1].Method);
    }

    /// <summary>A webinar of one seat, which is offered to the first of two who wait.</summary>
    private async Task<(Webinar Webinar, string Bert, string Carl)> OfferedAsync(bool pump = true)
    {
        var webinar = await _site.PublishInAsync(Duration.FromDays(20), w => w with { Capacity = 1, OffersSeats = true });
        var (anna, bert, carl) = (a.Address(), a.Address("bert"), a.Address("carl"));
        await _site.RegisterAndSettleAsync(webinar, anna, bert, carl);
        await _site.CancelAsync(webinar, anna);
        _site.Time.Advance(UndoPeriod);
        await _site.AdvanceAsync(webinar);
        if (pump) await _site.PumpAsync();
        return (webinar, bert, carl);
    }

    private Task<AnswerOffer.Outcome> AnswerAsync(Webinar webinar, string address) =>
        _site.Services.GetRequiredService<AnswerOffer>().HandleAsync(webinar, _site.PersonOf(address), default);

    private async Task AskAgainAsync(Webinar webinar, string address)
    {
        await _site.PostFormAsync($"/webinars/{webinar.Slug}/confirmation-requests", ("email", address));
        await _site.PumpAsync();
    }
}
