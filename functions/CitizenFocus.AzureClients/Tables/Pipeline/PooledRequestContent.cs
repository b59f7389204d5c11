using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// A request's body in pooled memory. A write that failed or was cancelled may still be read from by the dying
/// connection: such memory is left to the garbage collector, since in the pool another request's data would come into it.
/// </summary>
internal sealed class PooledRequestContent(PooledBufferWriter body) : RequestContent
{
    private int _unfinishedWrites;

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _unfinishedWrites);
        await stream.WriteAsync(body.WrittenMemory, cancellation).ConfigureAwait(false);
        Interlocked.Decrement(ref _unfinishedWrites);
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _unfinishedWrites);
        stream.Write(body.WrittenMemory.Span);
        Interlocked.Decrement(ref _unfinishedWrites);
    }

    public override bool TryComputeLength(out long length)
    {
        length = body.WrittenCount;
        return true;
    }

    public override void Dispose()
    {
        if (Volatile.Read(ref _unfinishedWrites) == 0)
        {
            body.Return();
        }
    }
}
