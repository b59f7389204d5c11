using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Advancing;
using CitizenFocus.Functions.Webinars.Invitations;

namespace CitizenFocus.Functions.Tests.Support;

/// <content>What the Functions host does: timers and queues, as measured on a real one.</content>
internal sealed partial class Site
{
    private const int BatchSize = 16;

    /// <summary>The envelope around a queue message: a JSON string in a JSON string.</summary>
    public static string Envelope(string message) => new JsonObject
    {
        ["Data"] = new JsonObject { ["message"] = JsonValue.Create(message).ToJsonString() },
        ["Metadata"] = new JsonObject { ["DequeueCount"] = "1", ["Id"] = $"\"{Guid.NewGuid()}\"", ["sys"] = new JsonObject { ["MethodName"] = "any" } },
    }.ToJsonString();

    public Task<HttpResponseMessage> InvokeAsync(string function, string message) => PostEnvelopeAsync(function, Envelope(message));

    public Task<HttpResponseMessage> PostEnvelopeAsync(string function, string envelope) =>
        Client.PostAsync("/" + function, new StringContent(envelope, Encoding.UTF8, "application/json"));

    /// <summary>Delivers an announcement of the webinar now; the one on the queue is not visible for a second.</summary>
    public async Task AdvanceAsync(Webinar webinar)
    {
        var response = await InvokeAsync(AdvanceWebinar.FunctionName, Announcement(webinar));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public static string Announcement(Webinar webinar) => new JsonObject { ["webinar"] = webinar.Slug.Value }.ToJsonString();

    public static string DueEmail(PersonId person, string key) => new JsonObject { ["person"] = person.Value, ["key"] = key }.ToJsonString();

    public Task FireTimerAsync() => FireTimerAsync(AdvanceWebinars.FunctionName);

    public async Task FireTimerAsync(string function)
    {
        var response = await PostEnvelopeAsync(
            function, """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Delivers all e-mails that are due now, until no message is left.</summary>
    /// <returns>How many messages there were.</returns>
    /// <param name="retry">A failure is delivered again, as the host does; else it fails the test.</param>
    public Task<int> PumpAsync(bool retry = false) => PumpAsync(EmailQueue.QueueName, SendEmail.FunctionName, retry);

    /// <summary>Delivers all announcements that are visible.</summary>
    public Task<int> PumpAnnouncementsAsync() => PumpAsync(Announcements.QueueName, AdvanceWebinar.FunctionName, retry: false);

    /// <summary>Advances a webinar, and sends what that made due.</summary>
    public async Task SettleAsync(Webinar webinar)
    {
        await AdvanceAsync(webinar);
        await PumpAsync();
    }

    /// <summary>Announcements put so far and not delivered, visible or not.</summary>
    public async Task<int> AnnouncementsAsync() =>
        (await Storage.Queue(Announcements.QueueName).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    /// <summary>Delivers what waits for a lease to end, or for a provider: such messages are not visible for a minute of the real clock.</summary>
    public async Task RedeliverUnsettledAsync(string address)
    {
        foreach (var delivery in await DeliveriesAsync(address))
        {
            if (delivery.State is not (DeliveryState.Sending or DeliveryState.Later)) continue;
            var response = await InvokeAsync(SendEmail.FunctionName, DueEmail(delivery.Person, delivery.Key.Value));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>Holds that a function did its work. The log is put together only where it did not: it may be long.</summary>
    public void AssertDone(HttpResponseMessage response, string function)
    {
        if (response.StatusCode != HttpStatusCode.OK) Assert.Fail($"{function} failed: {Log}");
    }

    /// <summary>The function that takes a queue's messages, by the queue's name with its prefix; <see langword="null"/> for a queue that no test delivers.</summary>
    public static string? FunctionOf(string queue) =>
        queue.EndsWith(Announcements.QueueName, StringComparison.Ordinal) ? AdvanceWebinar.FunctionName
        : queue.EndsWith(InvitationAnnouncements.QueueName, StringComparison.Ordinal) ? AdvanceInvitations.FunctionName
        : queue.EndsWith(EmailQueue.QueueName, StringComparison.Ordinal) ? SendEmail.FunctionName
        : queue.EndsWith(ShardQueue.QueueName, StringComparison.Ordinal) ? SendDigestShard.FunctionName
        : null;

    private async Task<int> PumpAsync(string queueName, string function, bool retry)
    {
        var (queue, delivered) = (Storage.Queue(queueName), 0);
        while ((await queue.ReceiveMessagesAsync(BatchSize, TimeSpan.FromMinutes(10))).Value is { Length: > 0 } messages)
        {
            delivered += messages.Length;
            await Task.WhenAll(messages.Select(async message =>
            {
                var response = await InvokeAsync(function, message.MessageText);
                if (retry && !response.IsSuccessStatusCode) response = await InvokeAsync(function, message.MessageText);
                AssertDone(response, function);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }));
        }

        return delivered;
    }
}
