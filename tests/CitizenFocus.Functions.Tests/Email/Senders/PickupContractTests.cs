using CitizenFocus.Functions.Email.Senders;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Email.Senders;

public sealed class PickupContractTests : SenderContract, IDisposable
{
    private readonly DirectoryInfo _mailbox = Directory.CreateTempSubdirectory("pickup-");

    private protected override IEmailSender Sender => new PickupSender(Options with { PickupDirectory = _mailbox.FullName });

    public void Dispose() => _mailbox.Delete(recursive: true);

    private protected override async Task<IReadOnlyList<ReceivedMail>> ReceivedAsync()
    {
        var mails = new List<ReceivedMail>();
        foreach (var file in _mailbox.GetFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc)) mails.Add(ReceivedMail.Of(await MimeMessage.LoadAsync(file.FullName)));
        return mails;
    }
}
