using CitizenFocus.Functions.Email;
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

    private readonly DirectoryInfo _mailbox = Directory.CreateTempSubdirectory("pickup-");

    private PickupSender Sender => new(Options with { PickupDirectory = _mailbox.FullName });

    public void Dispose() => _mailbox.Delete(recursive: true);

    [Fact]
    public async Task Mail_Sent_IsOneWholeFile()
    {
        var outcome = await Sender.SendAsync(Mail, "confirmation.citizens-first.1", default);

        Assert.Equal(new SendOutcome.Accepted("confirmation.citizens-first.1"), outcome);
        var file = Assert.Single(_mailbox.GetFiles());
        Assert.Equal("confirmation.citizens-first.1.eml", file.Name);
        Assert.Equal("Welcome", (await MimeMessage.LoadAsync(file.FullName)).Subject);
    }

    [Fact]
    public async Task Mail_SentTwiceUnderOneId_IsOneFileOfTheSameOctets()
    {
        await Sender.SendAsync(Mail, "one", default);
        var first = await File.ReadAllBytesAsync(Path.Combine(_mailbox.FullName, "one.eml"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sender.SendAsync(Mail, "one", default)));

        Assert.Equal(first, await File.ReadAllBytesAsync(Assert.Single(_mailbox.GetFiles()).FullName));
    }

    [Fact]
    public async Task Mail_WithoutAFolder_IsForLater()
    {
        var sender = new PickupSender(Options with { PickupDirectory = Path.Combine(_mailbox.FullName, "missing") });

        Assert.IsType<SendOutcome.Later>(await sender.SendAsync(Mail, "one", default));
    }

    [Fact]
    public async Task Mail_WhoseNameIsTaken_IsUnknownAndLeavesNothingBehind()
    {
        _mailbox.CreateSubdirectory("one.eml").CreateSubdirectory("full");

        Assert.IsType<SendOutcome.Unknown>(await Sender.SendAsync(Mail, "one", default));
        Assert.Empty(_mailbox.GetFiles());
    }

    [Fact]
    public async Task Mail_Cancelled_LeavesNothingBehind()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender.SendAsync(Mail, "one", new CancellationToken(canceled: true)));

        Assert.Empty(_mailbox.GetFiles());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("..\\b")]
    [InlineData("a|b")]
    [InlineData("a\0")]
    public async Task Id_ThatIsNoFileName_IsAFault(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Sender.SendAsync(Mail, id, default));
}
