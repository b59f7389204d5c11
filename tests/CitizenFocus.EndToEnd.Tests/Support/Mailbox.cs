using System.Collections.Concurrent;
using CitizenFocus.Testing;
using MimeKit;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The folder in which the e-mails land.</summary>
public sealed class Mailbox(string folder)
{
    private readonly ConcurrentDictionary<(string Name, DateTime Written), MimeMessage> _mails = new();

    /// <summary>Each file is read once, for it is looked at every few milliseconds; one that took another's place is another.</summary>
    public IReadOnlyList<MimeMessage> All() =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*.eml").Select(file => _mails.GetOrAdd((file.Name, file.LastWriteTimeUtc), _ => MimeMessage.Load(file.FullName))),
    ];

    /// <summary>How many there are, without opening them.</summary>
    public int Count => Directory.EnumerateFiles(folder, "*.eml").Count();

    /// <summary>Those to an address whose subject begins so.</summary>
    public IReadOnlyList<MimeMessage> Find(string address, string subject) =>
    [
        .. All().Where(mail =>
            mail.To.Mailboxes.Any(to => to.Address == address) && mail.Subject?.StartsWith(subject, StringComparison.Ordinal) == true),
    ];

    /// <summary>Waits until such an e-mail is there.</summary>
    /// <exception cref="TimeoutException">None came within the time.</exception>
    public async Task<MimeMessage> WaitForAsync(string address, string subject, TimeSpan? deadline = null) =>
        (await Eventually.Async(() => Task.FromResult(Find(address, subject)), found => found.Count > 0, deadline))[0];
}
