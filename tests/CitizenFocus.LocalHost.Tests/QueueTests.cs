using System.Text.RegularExpressions;
using CitizenFocus.LocalHost.Queues;
using CitizenFocus.LocalHost.Tests.Support;
using CitizenFocus.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.LocalHost.Tests;

public sealed partial class QueueTests
{
    [Fact]
    public async Task Message_OfJson_ArrivesInTheHostsEnvelope()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync("""{"x":1,"name":"Zoë <z>","on":true,"inner":{"a":"b"},"list":[1],"none":null,"myTrigger":"left out"}""");
        var invocation = Assert.Single(await host.InvocationsAsync(1));

        Assert.Equal("POST /Work", invocation.RequestLine);
        Assert.Contains("Content-Type: application/json; charset=utf-8", invocation.Headers);
        Assert.Contains("Transfer-Encoding: chunked", invocation.Headers);
        Assert.DoesNotContain(invocation.Headers, header => header.StartsWith("Content-Length"));
        Assert.Matches(EnvelopeOfJson(), invocation.Body);
    }

    [Fact]
    public async Task Message_OfPlainText_IsAJsonStringInAJsonString()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync("plain \"text\"\n2nd line");
        var invocation = Assert.Single(await host.InvocationsAsync(1));

        Assert.Equal("\"plain \\\"text\\\"\\n2nd line\"", invocation.Data["message"]!.GetValue<string>());
        Assert.Equal(
            ["DequeueCount", "ExpirationTime", "Id", "InsertionTime", "NextVisibleTime", "PopReceipt", "sys"],
            invocation.Metadata.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Message_ThatSucceeds_IsDeletedAndItsLogsAreShown()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync("fine");
        await host.InvocationsAsync(1);

        await Eventually.Async(async () => (await host.WorkQueue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
        Assert.Contains("Work: noted", host.Log.Text);
    }

    [Fact]
    public async Task Message_ThatFailsOnce_ComesAgain()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync("fail once");
        var invocations = await host.InvocationsAsync(2);

        Assert.Equal(["1", "2"], invocations.Select(one => one.Metadata["DequeueCount"]!.GetValue<string>()));
        await Eventually.Async(async () => (await host.WorkQueue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
    }

    [Theory]
    [InlineData("please fail", "the app answered 500")]
    [InlineData("say text", "not application/json")]
    [InlineData("say nothing", "WITH AN EMPTY BODY")]
    public async Task Message_ThatAlwaysFails_GoesToPoisonAtMaxDequeueCount(string text, string reason)
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync(text);

        Assert.Equal(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)), await host.PoisonAsync());
        Assert.Equal(["1", "2", "3"], (await host.InvocationsAsync()).Select(one => one.Metadata["DequeueCount"]!.GetValue<string>()));
        Assert.Contains(reason, host.Log.Text);
        await Eventually.Async(async () => (await host.WorkQueue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0);
    }

    [Fact]
    public async Task Message_ThatKillsTheApp_GoesToPoisonInTheEnd()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendAsync("please die");

        await host.PoisonAsync();
        Assert.Equal("GET /page", (await host.GetAsync("/page")).Split('\n')[0]);
        Assert.Equal(3, Regex.Count(host.Log.Text, "starting it again"));
    }

    [Fact]
    public async Task Message_ThatIsNotBase64_GoesToPoisonAtOnce()
    {
        await using var host = await StubHost.StartAsync();
        await host.SendRawAsync("not base64!");

        Assert.Equal("not base64!", await host.PoisonAsync());
        Assert.Empty(await host.InvocationsAsync());
    }

    [Fact]
    public async Task Messages_OfASecondQueue_AreAllWorkedOnOnce()
    {
        await using var host = await StubHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => host.SendAsync($"number {number}")));

        var invocations = await host.InvocationsAsync(20);
        Assert.Equal(20, invocations.Select(one => one.Data["message"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Lease_AtHalfItsTime_IsRenewedUnderANewReceipt()
    {
        var queue = new QueueServiceClient(await AzuriteFixture.ConnectionStringAsync()).GetQueueClient(AzuriteFixture.UniqueName("lease"));
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("x");
        var message = (await queue.ReceiveMessagesAsync(1, TimeSpan.FromMinutes(10))).Value.Single();
        var time = new FakeTimeProvider();
        await using var lease = new MessageLease(queue, message, TimeSpan.FromMinutes(10), time, NullLogger.Instance);

        time.Advance(TimeSpan.FromMinutes(5));
        var receipt = await lease.EndAsync();

        Assert.NotEqual(message.PopReceipt, receipt);
        await queue.DeleteMessageAsync(message.MessageId, receipt);
    }

    [GeneratedRegex(""""
        ^\{"Data":\{"message":"\\"\{\\\\\\"x\\\\\\":1,\\\\\\"name\\\\\\":\\\\\\"Zoë <z>\\\\\\",\\\\\\"on\\\\\\":true,.*\}\\""\},"Metadata":\{"DequeueCount":"1","Id":"\\"[0-9a-f-]{36}\\"","PopReceipt":"\\"[^"\\]+\\"","InsertionTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","ExpirationTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","NextVisibleTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","x":"\\"1\\"","name":"\\"Zoë <z>\\"","on":"\\"True\\"","inner":\{"a":"b"\},"sys":\{"MethodName":"Work","UtcNow":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z","RandGuid":"[0-9a-f-]{36}"\}\}\}$
        """")]
    private static partial Regex EnvelopeOfJson();
}
