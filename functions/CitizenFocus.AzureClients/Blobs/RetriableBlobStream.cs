namespace CitizenFocus.AzureClients.Blobs;

/// <summary>
/// A blob's content from the network. Where the connection breaks, or ends before its length, the rest is asked for
/// and read on; it fails with 412 where the blob was replaced meanwhile.
/// </summary>
/// <param name="content">The first connection's content.</param>
/// <param name="length">Bytes that there must be in all.</param>
/// <param name="goOnAsync">Opens the content from a position on.</param>
/// <param name="downloadToken">What the download was started with: it ends a read as well.</param>
internal sealed class RetriableBlobStream(
    Stream content,
    long length,
    Func<long, CancellationToken, Task<Stream>> goOnAsync,
    CancellationToken downloadToken) : Stream
{
    /// <summary>
    /// Breaks in a row without a byte between them. Those that brought something on do not count, so that a long
    /// download over a poor connection comes to its end.
    /// </summary>
    private const int MaximumBreaks = 5;

    private Stream _content = content;
    private long _position;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, downloadToken);
        while (true)
        {
            try
            {
                var read = await _content.ReadAsync(buffer, both.Token);
                if (read == 0 && buffer.Length > 0 && _position < length)
                {
                    throw new EndOfStreamException($"The connection ended after {_position} of {length} bytes.");
                }

                _position += read;
                _breaks = 0;
                return read;
            }
            catch (Exception exception) when (IsBreak(exception, both.Token) && _breaks < MaximumBreaks)
            {
                _breaks++;
                await _content.DisposeAsync();
                _content = await goOnAsync(_position, both.Token);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For readers that know no other way; it takes a thread.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Also the pipeline's own time limit on a read, which cancels without the caller having asked.</summary>
    private static bool IsBreak(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception is IOException or OperationCanceledException;
}
