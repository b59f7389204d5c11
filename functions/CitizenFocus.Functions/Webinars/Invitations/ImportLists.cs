using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.People;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// Takes a list of people to invite. It is named by its content, so that the same file uploaded again is the list that is
/// there, and sends nothing; and it is refused as a whole, or stored as a whole.
/// </summary>
internal sealed class ImportLists(InvitationStore invitations, UploadedLists files, InvitationAnnouncements announcements, TimeProvider clock)
{
    public const int MaxBytes = 10 * 1024 * 1024;
    public const int MaxRows = 100_000;

    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>Taken, now or before.</summary>
        internal sealed record Taken(string List) : Outcome;

        internal sealed record NotOpen : Outcome;

        internal sealed record TooLarge : Outcome;

        internal sealed record TooManyRows : Outcome;

        internal sealed record WrongColumns(IReadOnlyList<string> Found) : Outcome;

        internal sealed record Unreadable(string Why) : Outcome;
    }

    public async Task<Outcome> HandleAsync(Webinar webinar, Stream content, ListFormat format, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!CanTake(webinar, Instant.FromDateTimeOffset(now))) return new Outcome.NotOpen();

        await using var spool = CreateSpool();
        if (await SpoolAsync(content, format, spool, cancellationToken) is not { } list) return new Outcome.TooLarge();
        if (await invitations.FindListAsync(webinar.Slug, list, cancellationToken) is not null) return new Outcome.Taken(list);

        spool.Position = 0;
        switch (await ListReader.InspectAsync(spool, format, MaxRows, cancellationToken))
        {
            case ListReader.Inspection.WrongColumns(var found):
                return new Outcome.WrongColumns(found);
            case ListReader.Inspection.Unreadable(var why):
                return new Outcome.Unreadable(why);
            case ListReader.Inspection.TooMany:
                return new Outcome.TooManyRows();
            case ListReader.Inspection.Readable(var rows):
                spool.Position = 0;
                await files.PutAsync(webinar.Slug, list, spool, cancellationToken);
                var added = new InvitationList { Id = list, State = InvitationListState.Running, CreatedAt = now, Format = format, Rows = rows };
                await announcements.AroundAsync(webinar.Slug, () => invitations.TryAddListAsync(webinar.Slug, added, cancellationToken), cancellationToken);
                return new Outcome.Taken(list);
            case var other:
                throw new InvalidOperationException($"No answer for {other}.");
        }
    }

    /// <summary>Of a draft, too: its lists wait until registration opens.</summary>
    private static bool CanTake(Webinar webinar, Instant now) =>
        webinar.Status is WebinarStatus.Draft or WebinarStatus.Published && (webinar with { Status = WebinarStatus.Published }).IsRunning(now) && webinar.IsBeforeClosing(now);

    /// <summary>A file that goes with its handle: the list's name is known only at its end, and ten megabytes a request are no memory to hold.</summary>
    private static FileStream CreateSpool()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <returns>The list's id: a hash of the content and of how it is read; <see langword="null"/> where that is too much.</returns>
    private static async Task<string?> SpoolAsync(Stream content, ListFormat format, FileStream spool, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(format.ToString()));
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (spool.Position + read > MaxBytes) return null;
                hash.AppendData(buffer, 0, read);
                await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            // Names and addresses are in it: the next renter has no business with them.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return Base32.Encode(hash.GetHashAndReset().AsSpan(0, 20));
    }
}
