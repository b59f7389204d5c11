using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>A site with a provider that keeps what it took, queues by the test's clock, and the means to subscribe, publish and send.</summary>
public abstract class DigestTest : IAsyncLifetime
{
    /// <summary>Every shard has a message for each issue; those without a subscriber would only cost time.</summary>
    private readonly HashSet<string> _shards = [];

    private protected Site Site { get; private set; } = null!;

    private protected HandQueues Queues { get; private set; } = null!;

    private protected DigestSender Sender { get; private set; } = null!;

    private protected virtual DigestSender NewSender(TimeProvider clock) => new(clock);

    private protected virtual (string Name, string Value)[] Settings => [];

    public async Task InitializeAsync()
    {
        Site = await Site.StartAsync(Register, [("Digest:SubscriptionsPerMinute", "100000"), ("Digest:SubscriptionsPerNetworkAndMinute", "100000"), ("Cache:PageSeconds", "0"), .. Settings]);
        Site.Calls.Queues = Queues = new(Site.Time);

        // Made now, and not by the first mail: there may be none.
        Site.Services.GetRequiredKeyedService<IEmailSender>(EmailProviders.Pickup);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    private protected async Task<Site> StartAnotherAsync()
    {
        var other = await Site.StartAnotherAsync(services: Register);
        other.Calls.Queues = Queues;
        return other;
    }

    private void Register(IServiceCollection services) => services.AddKeyedSingleton<IEmailSender>(EmailProviders.Pickup, (provider, _) =>
        Sender ??= NewSender(provider.GetRequiredService<TimeProvider>()));

    /// <returns>Its id.</returns>
    private protected async Task<string> PublishAsync(params string[] topics)
    {
        // One after the other, which is their order in the issue.
        Site.Time.Advance(TimeSpan.FromSeconds(1));
        var id = $"c-{Guid.NewGuid():N}";
        await Site.PutCommitmentAsync(id, new JsonObject { ["title"] = $"Title {id}", ["summary"] = "A summary.", ["topics"] = new JsonArray([.. topics.Select(topic => JsonValue.Create(topic))]) });
        return id;
    }

    private protected Task AskAsync(string address, string cadence = "weekly", params string[] topics) =>
        AskAsync(address, [("cadence", cadence), .. topics.Select(topic => ("topics", topic))]);

    private protected Task AskInAsync(string address, string language) => AskAsync(address, [("language", language)]);

    private async Task AskAsync(string address, (string Name, string Value)[] wish)
    {
        var response = await Site.PostFormAsync("/digest/subscriptions", [("email", address), .. wish]);
        Assert.Equal((HttpStatusCode.SeeOther, "/digest/subscriptions"), (response.StatusCode, response.Headers.Location!.OriginalString));
        _shards.Add(Site.PersonOf(address).Shard);
    }

    /// <summary>Asks, opens the e-mail and presses the button.</summary>
    private protected async Task SubscribeAsync(string address, string cadence = "weekly", params string[] topics)
    {
        await AskAsync(address, cadence, topics);
        await PumpAsync();
        var mail = Sender.Taken.Last(sent => sent.To == address && sent.Key.StartsWith(SubscriptionEmails.Kind, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Client.PostAsync(mail.Path("/digest/confirm/"), null)).StatusCode);
    }

    /// <summary>Moves the clock to the next Monday at 08:00 in Brussels, and lets the timer fire.</summary>
    private protected async Task MondayAsync()
    {
        Site.Time.SetUtcNow(NextMonday());
        await Site.FireTimerAsync(MakeDigests.FunctionName);
    }

    private protected DateTimeOffset NextMonday() => Site.Services.GetRequiredService<DigestSchedule>()
        .NextDue(DigestCadence.Weekly, NodaTime.Instant.FromDateTimeOffset(Site.Time.GetUtcNow())).ToDateTimeOffset();

    /// <summary>Delivers what is due now.</summary>
    private protected Task PumpAsync(Site? by = null) => RunAsync(Site.Time.GetUtcNow(), by);

    /// <summary>Moves the clock from message to message up to a time. A message whose function fails comes again half a minute later.</summary>
    private protected async Task RunAsync(DateTimeOffset until, Site? by = null)
    {
        while (Queues.NextDue is { } next && next <= until)
        {
            if (next > Site.Time.GetUtcNow()) Site.Time.SetUtcNow(next);
            foreach (var (queue, text) in Queues.Take(32))
            {
                if (queue.EndsWith(ShardQueue.QueueName, StringComparison.Ordinal) && !_shards.Contains(DueShard.Parse(text).Shard)) continue;
                using var response = await (by ?? Site).InvokeAsync(Site.FunctionOf(queue)!, text);
                if (response.IsSuccessStatusCode) continue;
                Assert.False(by is null, Site.Log.ToString());
                Queues.Put(queue, text, TimeSpan.FromSeconds(30));
            }
        }

        if (until > Site.Time.GetUtcNow()) Site.Time.SetUtcNow(until);
    }

    private protected IReadOnlyList<SentDigest> DigestsTo(string address) =>
        [.. Sender.Taken.Where(sent => sent.To == address && sent.Key.StartsWith(IssueKey.Kind + "|", StringComparison.Ordinal))];

    private protected async Task<Subscriber?> SubscriberAsync(string address) =>
        (await Site.Services.GetRequiredService<SubscriberStore>().FindAsync(Site.PersonOf(address), default))?.Value;

    private protected Task<HttpResponseMessage> OrganiseAsync(HttpMethod method, string path, JsonObject? body = null) =>
        Site.SendJsonAsync(method, path, body?.ToJsonString(), Site.AsOrganiser);
}
