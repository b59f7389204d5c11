namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class PooledRequestContentTests
{
    [Fact]
    public async Task Body_Written_GoesBackToThePool()
    {
        var body = Body();
        var content = new PooledRequestContent(body);
        var stream = new MemoryStream();

        await content.WriteToAsync(stream, default);
        content.Dispose();

        Assert.Equal("body"u8.ToArray(), stream.ToArray());
        Assert.Throws<ObjectDisposedException>(() => body.WrittenMemory);
    }

    /// <summary>The dying connection may still read it: another request's data must not come into that memory.</summary>
    [Fact]
    public async Task Body_WhoseWriteFailed_IsKeptFromThePool()
    {
        var body = Body();
        var content = new PooledRequestContent(body);

        await Assert.ThrowsAsync<NotSupportedException>(() => content.WriteToAsync(new MemoryStream([], writable: false), default));
        await content.WriteToAsync(new MemoryStream(), default);
        content.Dispose();

        Assert.Equal("body"u8.ToArray(), body.WrittenMemory.ToArray());
    }

    [Fact]
    public void Body_LargerThanItsFirstBuffer_IsWhole()
    {
        var body = new PooledBufferWriter(16);
        var text = new string('ü', 10_000);

        body.Write(text);
        body.Write(text);

        Assert.Equal(text + text, System.Text.Encoding.UTF8.GetString(body.WrittenMemory.Span));
    }

    private static PooledBufferWriter Body()
    {
        var body = new PooledBufferWriter(16);
        body.Write("body"u8);
        return body;
    }
}
