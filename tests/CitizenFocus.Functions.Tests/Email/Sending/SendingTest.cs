using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Sending;

/// <summary>Two providers that do as they are told, a kind of mail of the test's own, and queues by the test's clock.</summary>
public abstract class SendingTest : IAsyncLifetime
{
    private protected FakeSender Sender { get; } = new("fake");

    private protected FakeSender Second { get; } = new("second");

    private protected FakeComposer Composer { get; } = new();

    private protected Site Site { get; private set; } = null!;

    private protected HandQueues Queues { get; private set; } = null!;

    protected string Address { get; } = a.Address();

    private protected virtual (string Name, string Value)[] Settings => [("Email:Providers", "pickup,smtp"), ("Smtp:Host", "localhost")];

    public async Task InitializeAsync()
    {
        Site = await StartAsync();
        Site.Calls.Queues = Queues = new(Site.Time);
        (Sender.Clock, Second.Clock) = (Site.Time, Site.Time);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    private protected Task<Site> StartAsync() => Site.StartAsync(Register, Settings);

    /// <summary>Another process on the same storage, with the same providers.</summary>
    private protected async Task<Site> StartAnotherAsync()
    {
        var other = await Site.StartAnotherAsync(services: Register);
        other.Calls.Queues = Queues;
        return other;
    }

    private void Register(IServiceCollection services) => services
        .AddKeyedSingleton<IEmailSender>(EmailProviders.Pickup, Sender)
        .AddKeyedSingleton<IEmailSender>(EmailProviders.Smtp, Second)
        .AddSingleton<IEmailComposer>(Composer);

    private protected async Task<HttpStatusCode> SendAsync(string key = "test|one") => await DeliverAsync(Site.DueEmail(Site.PersonOf(Address), key));

    private protected async Task<HttpStatusCode> DeliverAsync(string message, string function = SendEmail.FunctionName)
    {
        using var response = await Site.InvokeAsync(function, message);
        return response.StatusCode;
    }

    /// <summary>Moves the clock from message to message, as long as there are any and none is later than <paramref name="until"/>.</summary>
    /// <param name="sites">The processes, which take turns; this one where none is given.</param>
    /// <returns>How many were delivered.</returns>
    private protected async Task<int> RunAsync(DateTimeOffset until, params Site[] sites)
    {
        var delivered = 0;
        while (Queues.NextDue is { } next && next <= until)
        {
            if (next > Site.Time.GetUtcNow()) Site.Time.SetUtcNow(next);
            foreach (var (queue, text) in Queues.Take(16))
            {
                var function = queue.EndsWith(EmailQueue.PoisonQueueName, StringComparison.Ordinal) ? ReturnPoisonedEmail.FunctionName : SendEmail.FunctionName;
                var site = sites.Length == 0 ? Site : sites[delivered++ % sites.Length];
                using var response = await site.InvokeAsync(function, text);
                Assert.True(response.IsSuccessStatusCode, site.Log.ToString());
            }
        }

        if (until > Site.Time.GetUtcNow()) Site.Time.SetUtcNow(until);
        return delivered;
    }

    private protected Task<int> RunForAsync(TimeSpan time) => RunAsync(Site.Time.GetUtcNow() + time);

    private protected async Task<Delivery> RowAsync() => Assert.Single(await Site.DeliveriesAsync(Address));

    private protected Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonObject? body = null) =>
        Site.SendJsonAsync(method, path, body?.ToJsonString(), Site.AsOrganiser);
}
