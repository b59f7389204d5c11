using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

/// <summary>The whole way, from a visitor's registration to the provider and the ledger.</summary>
public sealed class CommunicationServicesSiteTests : IAsyncLifetime
{
    private readonly CommunicationServicesStandIn _standIn = new();
    private readonly string _address = a.Address();
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        await _standIn.StartAsync();
        _site = await Site.StartAsync(null, ("Email:Providers", EmailProviders.CommunicationServices), ("CommunicationServices:ConnectionString", _standIn.ConnectionString));
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        await _standIn.DisposeAsync();
        Assert.Empty(_standIn.Violations);
    }

    [Fact]
    public async Task Registration_ConfirmedByCommunicationServices_BringsTheInvitation()
    {
        await RegisterAsync();

        var mail = Assert.Single(_standIn.Received);
        Assert.Equal((_address, "webinars@focus.example"), (mail.To, mail.From));
        Assert.Equal("text/calendar", Assert.Single(mail.Files).Type);
        var row = Assert.Single(await _site.DeliveriesAsync(_address));
        Assert.Equal((DeliveryState.Accepted, EmailProviders.CommunicationServices, _standIn.OperationIds[0]), (row.State, row.Provider, row.ProviderId));
    }

    [Fact]
    public async Task Mail_WhoseAnswerWasLost_IsAskedForAndNotSentAgain()
    {
        _standIn.Next.Enqueue(Behaviour.CutAfterReading);
        await RegisterAsync();
        var row = Assert.Single(await _site.DeliveriesAsync(_address));
        Assert.Equal(DeliveryState.Unknown, row.State);

        await SettleAsync(row);

        row = Assert.Single(await _site.DeliveriesAsync(_address));
        Assert.Equal((DeliveryState.Accepted, 1, _standIn.OperationIds.Single()), (row.State, row.Attempt, row.ProviderId));
        Assert.Single(_standIn.Received);
    }

    [Fact]
    public async Task Mail_ThatNeverArrivedThere_IsSentAgainUnderTheSameId()
    {
        _standIn.Next.Enqueue(Behaviour.Fail500);
        await RegisterAsync();

        await SettleAsync(Assert.Single(await _site.DeliveriesAsync(_address)));

        var row = Assert.Single(await _site.DeliveriesAsync(_address));
        Assert.Equal((DeliveryState.Accepted, 2, _standIn.OperationIds.Single()), (row.State, row.Attempt, row.ProviderId));
        Assert.Single(_standIn.Received);
    }

    private async Task RegisterAsync()
    {
        var webinar = await _site.PublishAsync();
        await _site.RegisterAsync(webinar, _address);
        await _site.SettleAsync(webinar);
    }

    /// <summary>The message that was kept as an alarm, delivered when it is due.</summary>
    private async Task SettleAsync(Delivery row)
    {
        _site.Time.Advance(TimeSpan.FromMinutes(5));
        var response = await _site.InvokeAsync("SendEmail", Site.DueEmail(row.Person, row.Key.Value));
        Assert.True(response.IsSuccessStatusCode, $"{_site.Log}");
    }
}
