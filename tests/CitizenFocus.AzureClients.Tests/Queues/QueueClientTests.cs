using CitizenFocus.AzureClients.Tests.Blobs;
using CitizenFocus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.AzureClients.Tests.Queues;

public sealed class QueueClientTests
{
    private static readonly QueueClientOptions Base64 = new() { MessageEncoding = QueueMessageEncoding.Base64 };

    [Theory]
    [InlineData(QueueMessageEncoding.None)]
    [InlineData(QueueMessageEncoding.Base64)]
    public async Task Message_SentAndReceived_HasAllItsProperties(QueueMessageEncoding encoding)
    {
        var queue = await CreateQueueAsync(encoding);

        var receipt = (await queue.SendMessageAsync("<ü>\r\n & \t", timeToLive: TimeSpan.FromHours(1))).Value;
        var peeked = (await queue.PeekMessageAsync()).Value;
        var message = (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value;

        Assert.Equal("<ü>\r\n & \t", message.MessageText);
        Assert.Equal(message.MessageText, peeked.MessageText);
        Assert.Equal(receipt.MessageId, message.MessageId);
        Assert.Equal(receipt.InsertionTime, message.InsertedOn);
        Assert.Equal(receipt.InsertionTime.AddHours(1), receipt.ExpirationTime);
        Assert.Equal(receipt.ExpirationTime, message.ExpiresOn);
        Assert.Equal((0, 1), (peeked.DequeueCount, message.DequeueCount));
        Assert.InRange(message.NextVisibleOn!.Value - message.InsertedOn!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Message_OfAnyText_ComesBackAsItWasSent()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);

        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), async text =>
        {
            await queue.ClearMessagesAsync();
            await queue.SendMessageAsync(text.Get);
            var message = await queue.PeekMessageAsync();
            Assert.Equal(new BinaryData(text.Get).ToArray(), message.Value.Body.ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public async Task Message_OfAnyBytes_ComesBackAsItWasSent()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);

        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), async bytes =>
        {
            await queue.ClearMessagesAsync();
            await queue.SendMessageAsync(new BinaryData(bytes));
            Assert.Equal(bytes, (await queue.PeekMessageAsync()).Value.Body.ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public async Task Message_WithBase64_IsBase64OnTheWire()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);
        var plain = new QueueClient(await AzuriteFixture.ConnectionStringAsync(), queue.Name);

        await queue.SendMessageAsync("{slug}");

        Assert.Equal("e3NsdWd9", (await plain.PeekMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task Message_NotTheBase64ThatIsPromised_ThrowsFormatException()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);
        await new QueueClient(await AzuriteFixture.ConnectionStringAsync(), queue.Name).SendMessageAsync("%%%");

        await Assert.ThrowsAsync<FormatException>(() => queue.PeekMessageAsync());
        await Assert.ThrowsAsync<FormatException>(() => queue.ReceiveMessageAsync());
    }

    [Fact]
    public async Task Message_WithoutEnd_NeverExpires()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);

        var receipt = await queue.SendMessageAsync("x", timeToLive: TimeSpan.FromSeconds(-1));

        Assert.Equal(9999, receipt.Value.ExpirationTime.Year);
    }

    [Fact]
    public async Task Message_SentForLater_IsNotThereYet()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);

        await queue.SendMessageAsync("later", TimeSpan.FromHours(1));

        Assert.Null((await queue.ReceiveMessageAsync()).Value);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [InlineData(QueueMessageEncoding.None, 65_536)]
    [InlineData(QueueMessageEncoding.Base64, 49_152)]
    public async Task Message_OfTheLargestSize_IsAcceptedAndOneByteMoreRefused(QueueMessageEncoding encoding, int bytes)
    {
        var queue = await CreateQueueAsync(encoding);

        await queue.SendMessageAsync(new string('x', bytes));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync(new string('x', bytes + 1)));

        Assert.Equal((413, "RequestBodyTooLarge"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Messages_Received_AreInvisibleUntilTheyAreGivenBack()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b");

        var received = (await queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(1))).Value;
        Assert.Equal(["a", "b"], received.Select(message => message.MessageText));
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);
        Assert.Empty((await queue.PeekMessagesAsync(32)).Value);

        await queue.UpdateMessageAsync(received[1].MessageId, received[1].PopReceipt, visibilityTimeout: TimeSpan.Zero);
        var again = Assert.Single((await queue.ReceiveMessagesAsync(32)).Value);
        Assert.Equal(("b", 2), (again.MessageText, again.DequeueCount));
    }

    [Fact]
    public async Task Message_Updated_HasItsNewTextAndReceipt()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);
        await queue.SendMessageAsync("old");
        var message = (await queue.ReceiveMessageAsync()).Value;

        var update = await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "new", TimeSpan.Zero);
        var updated = message.Update(update.Value);

        Assert.Equal("new", (await queue.PeekMessageAsync()).Value.MessageText);
        Assert.NotEqual(message.PopReceipt, updated.PopReceipt);
        await queue.DeleteMessageAsync(updated.MessageId, updated.PopReceipt);
        Assert.Null((await queue.PeekMessageAsync()).Value);
    }

    [Fact]
    public async Task Message_DeletedTwice_IsNotFound()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.Base64);
        var sent = (await queue.SendMessageAsync("x")).Value;

        Assert.Equal(204, (await queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt)).Status);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt));

        Assert.Equal((404, "MessageNotFound"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Queue_ThroughItsLife_ExistsBetweenCreationAndDeletion()
    {
        var queue = new QueueServiceClient(await AzuriteFixture.ConnectionStringAsync()).GetQueueClient(AzuriteFixture.UniqueName("life"));

        Assert.False((await queue.ExistsAsync()).Value);
        var metadata = new Dictionary<string, string> { ["a_b"] = "1", ["a1"] = "2", ["Name"] = "3" };
        Assert.Equal(201, (await queue.CreateIfNotExistsAsync(metadata))?.Status);
        Assert.Null(await queue.CreateIfNotExistsAsync());
        Assert.True((await queue.ExistsAsync()).Value);
        Assert.Equal("3", (await queue.GetPropertiesAsync()).Value.Metadata["name"]);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.CreateAsync());
        Assert.Equal((409, "QueueAlreadyExists"), (refused.Status, refused.ErrorCode));
        Assert.True((await queue.DeleteIfExistsAsync()).Value);
        Assert.False((await queue.DeleteIfExistsAsync()).Value);
    }

    [Fact]
    public async Task Queue_Missing_IsNotFound()
    {
        var queue = new QueueClient(await AzuriteFixture.ConnectionStringAsync(), AzuriteFixture.UniqueName("missing"));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync("x"));

        Assert.Equal((404, "QueueNotFound"), (refused.Status, refused.ErrorCode));
        Assert.Contains("does not exist", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab", "OutOfRangeInput")]
    [InlineData("Upper", "InvalidResourceName")]
    [InlineData("under_score", "InvalidResourceName")]
    [InlineData("double--hyphen", "InvalidResourceName")]
    [InlineData("-first", "InvalidResourceName")]
    [InlineData("last-", "InvalidResourceName")]
    public async Task Queue_WithAForbiddenName_IsRefusedUnsent(string name, string errorCode)
    {
        var queue = new QueueClient("UseDevelopmentStorage=true", name);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.CreateIfNotExistsAsync());

        Assert.Equal((400, errorCode), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public void Queue_ByItsAddress_KnowsItsNameAndAccount()
    {
        var credential = new StorageSharedKeyCredential("account", "a2V5");

        var queue = new QueueClient(new Uri("https://account.queue.core.windows.net/webinars"), credential);
        var local = new QueueClient(new Uri("http://127.0.0.1:10001/devstoreaccount1/webinars"), credential);

        Assert.Equal(("webinars", "account"), (queue.Name, queue.AccountName));
        Assert.Equal("webinars", local.Name);
    }

    [Fact]
    public void QueueService_WithATokenWithoutHttps_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new QueueServiceClient(new Uri("http://account.queue.core.windows.net"), new StubToken()));

    private static async Task<QueueClient> CreateQueueAsync(QueueMessageEncoding encoding)
    {
        var options = encoding == QueueMessageEncoding.Base64 ? Base64 : null;
        var queue = new QueueClient(await AzuriteFixture.ConnectionStringAsync(), AzuriteFixture.UniqueName("queue"), options);
        await queue.CreateAsync();
        return queue;
    }
}
