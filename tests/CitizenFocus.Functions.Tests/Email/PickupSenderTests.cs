using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using MimeKit;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Email;

public sealed class PickupSenderTests : IDisposable
{
    private static readonly EmailMessage Mail = new()
    {
        To = EmailAddress.Parse("anna@example.org"),
        Subject = "Welcome",
        Text = "Hello",
        Html = "<p>Hello</p>",
        MessageId = "one@citizen-focus.example",
    };

    private static readonly OutgoingEmail Outgoing = new(PersonId.FromHash(new byte[32]), DeliveryKey.Of("test", "one"), Mail);

    private readonly DirectoryInfo _mailbox = Directory.CreateTempSubdirectory("pickup-");

    private PickupSender Sender => new(Options with { PickupDirectory = _mailbox.FullName });

    public void Dispose() => _mailbox.Delete(recursive: true);

    [Fact]
    public async Task Mail_Sent_IsOneWholeFile()
    {
        var outcome = await Sender.SendAsync(Outgoing, default);

        Assert.Equal(new SendOutcome.Accepted(Outgoing.DeliveryId), outcome);
        var file = Assert.Single(_mailbox.GetFiles());
        Assert.Equal(Outgoing.DeliveryId + ".eml", file.Name);
        Assert.Equal("Welcome", (await MimeMessage.LoadAsync(file.FullName)).Subject);
    }

    [Fact]
    public async Task Mail_SentTwiceUnderOneId_IsOneFileOfTheSameOctets()
    {
        await Sender.SendAsync(Outgoing, default);
        var first = await File.ReadAllBytesAsync(Path.Combine(_mailbox.FullName, Outgoing.DeliveryId + ".eml"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sender.SendAsync(Outgoing, default)));

        Assert.Equal(first, await File.ReadAllBytesAsync(Assert.Single(_mailbox.GetFiles()).FullName));
    }

    [Fact]
    public async Task Mail_WithoutAFolder_IsForLater()
    {
        var sender = new PickupSender(Options with { PickupDirectory = Path.Combine(_mailbox.FullName, "missing") });

        Assert.IsType<SendOutcome.Later>(await sender.SendAsync(Outgoing, default));
    }

    [Fact]
    public async Task Mail_WhoseNameIsTaken_IsUnknownAndLeavesNothingBehind()
    {
        _mailbox.CreateSubdirectory(Outgoing.DeliveryId + ".eml").CreateSubdirectory("full");

        Assert.IsType<SendOutcome.Unknown>(await Sender.SendAsync(Outgoing, default));
        Assert.Empty(_mailbox.GetFiles());
    }

    [Fact]
    public async Task Mail_Cancelled_LeavesNothingBehind()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender.SendAsync(Outgoing, new CancellationToken(canceled: true)));

        Assert.Empty(_mailbox.GetFiles());
    }

}
