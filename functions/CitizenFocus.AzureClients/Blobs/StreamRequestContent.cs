using Azure.Core;

namespace CitizenFocus.AzureClients.Blobs;

/// <summary>
/// A request's content from a stream that can be read again for a retry, and that, unlike with
/// <see cref="RequestContent.Create(Stream)"/>, stays open for its owner.
/// </summary>
internal sealed class StreamRequestContent(Stream stream) : RequestContent
{
    private readonly long _origin = stream.Position;

    public override bool TryComputeLength(out long length)
    {
        length = stream.Length - _origin;
        return true;
    }

    public override async Task WriteToAsync(Stream destination, CancellationToken cancellation)
    {
        stream.Position = _origin;
        await stream.CopyToAsync(destination, cancellation);
    }

    public override void WriteTo(Stream destination, CancellationToken cancellation)
    {
        stream.Position = _origin;
        stream.CopyTo(destination);
    }

    public override void Dispose()
    {
    }
}
