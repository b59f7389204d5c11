using CitizenFocus.Functions.Email.Quotas;

namespace CitizenFocus.Functions.Email.Senders;

/// <summary>
/// Lays e-mails down as files, for LocalHost's mailbox or for a relay that collects them:
/// <c>&lt;PickupDirectory&gt;/&lt;deliveryId&gt;.eml</c>, whole or not at all.
/// </summary>
internal sealed class PickupSender(EmailOptions options) : IEmailSender
{
    public const string ProviderName = EmailProviders.Pickup;

    private readonly string _directory = options.PickupDirectory
        ?? throw new ArgumentException("Set Email:PickupDirectory.", nameof(options));

    public string Name => ProviderName;

    /// <summary>The same id is the same file.</summary>
    public UnknownSettlement Settlement => UnknownSettlement.Repeat;

    /// <summary>A file is written in milliseconds.</summary>
    public TimeSpan Lease { get; } = TimeSpan.FromSeconds(10);

    public SendingRate Rate => options.Rate;

    public async Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        // A delivery id is a file name: lower-case letters and digits.
        var (mail, deliveryId) = (MimeWriter.Write(email.Message, options), email.DeliveryId);
        // The dot and the extension keep a file that is being written out of the mailbox, the GUID two writers apart.
        var temporary = Path.Combine(_directory, $".{deliveryId}.{Guid.NewGuid():N}.tmp");
        try
        {
            await WriteToDiskAsync(temporary, mail, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            TryDelete(temporary);
            if (e is OperationCanceledException) throw;
            return new SendOutcome.Later(null, "The pickup directory cannot be written to: " + e.GetType().Name);
        }

        try
        {
            // The same folder, so that it is one rename, which replaces the file of an earlier attempt in one step.
            File.Move(temporary, Path.Combine(_directory, deliveryId + ".eml"), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            return new SendOutcome.Unknown("The rename in the pickup directory failed: " + e.GetType().Name);
        }

        return new SendOutcome.Accepted(deliveryId);
    }

    private static async Task WriteToDiskAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await file.WriteAsync(content, cancellationToken);
        // Else the rename may reach the disk before the content does, and a power cut leave an empty mail.
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, unlisted; the outcome that is about to be returned says what is wrong with the folder.
        }
    }
}
