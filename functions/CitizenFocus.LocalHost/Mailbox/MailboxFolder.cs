using System.Collections.Concurrent;
using MimeKit;

namespace CitizenFocus.LocalHost.Mailbox;

/// <summary>The folder that the app's pickup sender writes <c>.eml</c> files to.</summary>
public sealed class MailboxFolder(string directory)
{
    private readonly ConcurrentDictionary<(string Name, DateTime Written), MailSummary> _read = new();

    /// <summary>All e-mails, the newest first.</summary>
    public IReadOnlyList<MailSummary> List() =>
        !Directory.Exists(directory) ? [] :
        [.. new DirectoryInfo(directory).EnumerateFiles("*.eml")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .ThenByDescending(file => file.Name, StringComparer.Ordinal)
            .Select(file => _read.GetOrAdd((file.Name, file.LastWriteTimeUtc), _ => Summarise(file)))];

    /// <summary>The path of an e-mail's file.</summary>
    /// <param name="name">As it stands in the list; anything else, a path say, is not found.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public string? Find(string name) =>
        Directory.Exists(directory)
            ? new DirectoryInfo(directory).EnumerateFiles("*.eml").FirstOrDefault(file => file.Name == name)?.FullName
            : null;

    private static MailSummary Summarise(FileInfo file)
    {
        var page = $"{MailboxEndpoints.Path}/{Uri.EscapeDataString(file.Name)}";
        var summary = new MailSummary(file.Name, file.Name, "", "", file.LastWriteTimeUtc, page, page + "/raw");
        try
        {
            using var stream = file.OpenRead();
            var headers = MimeMessage.Load(stream);
            return summary with { Subject = headers.Subject ?? "", From = headers.From.ToString(), To = headers.To.ToString() };
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            // Listed all the same: that it cannot be read is what its author needs to see.
            return summary with { Subject = $"{file.Name} cannot be read: {fault.Message}" };
        }
    }
}
