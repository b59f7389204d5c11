using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Email.Senders;

/// <summary>
/// What every sender owes the ledger, whatever its provider. To hold a sender to it: a class that derives from this one, or
/// from <see cref="HttpSenderContract"/> where the provider is reached by HTTP.
/// </summary>
public abstract class SenderContract
{
    private protected const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";

    private protected static readonly EmailOptions Options = Sample.Options with
    {
        FromName = "Citizen Focus",
        ReplyTo = EmailAddress.Parse("team@citizen-focus.example"),
        Kinds = new Dictionary<string, EmailIdentity>
        {
            ["digest"] = new(EmailAddress.Parse("digest@citizen-focus.example"), "The weekly digest", EmailAddress.Parse("editors@citizen-focus.example")),
        },
    };

    private protected static readonly EmailMessage Mail = new()
    {
        To = EmailAddress.Parse("anna.o'neill@recipient.example"),
        ToName = "Ännä O’Neill",
        Kind = "confirmation",
        Subject = "You are registered: Cités & <b> 😀",
        Text = "Hello Ännä,\n\nwelcome.\n",
        Html = "<!DOCTYPE html>\n<html lang=\"fr\"><body><p>Hello Ännä</p></body></html>\n",
        MessageId = "confirmation.citizens-first.1@citizen-focus.example",
        Language = "fr",
        Date = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
    };

    private static readonly Uri WayOut = new("https://citizen-focus.example/digest/unsubscribe/token");

    /// <summary>Made with <see cref="Options"/>; the provider takes what it is given.</summary>
    private protected abstract IEmailSender Sender { get; }

    /// <summary>Whether the provider lets us name who it comes from, beside the address.</summary>
    private protected virtual bool BearsSenderName => true;

    /// <summary>How many octets of an attachment are too many; <see langword="null"/>: the sender knows no limit.</summary>
    private protected virtual int? TooManyOctets => null;

    /// <summary>What the provider has taken so far, in order.</summary>
    private protected abstract Task<IReadOnlyList<ReceivedMail>> ReceivedAsync();

    private protected static OutgoingEmail Outgoing(EmailMessage? message = null, string key = "one") =>
        new(PersonId.FromHash(new byte[32]), DeliveryKey.Of((message ?? Mail).Kind ?? "test", key), message ?? Mail);

    [Fact]
    public async Task Mail_Sent_ReachesTheProviderAsItWasWritten()
    {
        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(), default));

        var mail = Assert.Single(await ReceivedAsync());
        Assert.Equal((Mail.To.Value, Mail.ToName), (mail.To, mail.ToName));
        Assert.Equal((Options.From.Value, Options.ReplyTo!.Value.Value), (mail.From, mail.ReplyTo));
        if (BearsSenderName) Assert.Equal(Options.FromName, mail.FromName);
        Assert.Equal(Mail.Subject, mail.Subject);
        Assert.Equal((Mail.Text, Mail.Html), (Lines(mail.Text), Lines(mail.Html)));
        Assert.Equal("fr", mail.Headers["Content-Language"]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("confirmation:transactional:citizen-focus.example", mail.Headers["Feedback-ID"]);
        Assert.Equal($"<{Mail.MessageId}>", mail.Headers["Message-ID"]);
        Assert.DoesNotContain("List-Unsubscribe", mail.Headers.Keys);
        Assert.Empty(mail.Files);
    }

    [Fact]
    public async Task Mail_OfAKindWithAnIdentity_ComesFromThere()
    {
        await Sender.SendAsync(Outgoing(Mail with { Kind = "digest", ReplyTo = null }), default);

        var mail = Assert.Single(await ReceivedAsync());
        Assert.Equal(("digest@citizen-focus.example", "editors@citizen-focus.example"), (mail.From, mail.ReplyTo));
        if (BearsSenderName) Assert.Equal("The weekly digest", mail.FromName);
    }

    [Fact]
    public async Task Mail_WithItsOwnReplyTo_IsAnsweredThere()
    {
        await Sender.SendAsync(Outgoing(Mail with { ReplyTo = EmailAddress.Parse("speaker@citizen-focus.example") }), default);

        Assert.Equal("speaker@citizen-focus.example", Assert.Single(await ReceivedAsync()).ReplyTo);
    }

    [Fact]
    public async Task Mail_WithACalendar_BringsTheInvitationAndItsMethod()
    {
        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(Mail with { Calendar = new("REQUEST", Calendar) }), default));

        var files = Assert.Single(await ReceivedAsync()).Files;
        Assert.Contains(files, file => file is { Type: "text/calendar", Method: "REQUEST" });
        Assert.Contains(files, file => file.Name == "invite.ics");
        Assert.All(files, file => Assert.Equal(Calendar, file.Content));
    }

    [Fact]
    public async Task Mail_InBulk_CanBeLeftByOneClick()
    {
        await Sender.SendAsync(Outgoing(Mail with { Kind = "digest", IsBulk = true, UnsubscribeUrl = WayOut }), default);

        var mail = Assert.Single(await ReceivedAsync());
        Assert.Equal($"<{WayOut}>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("digest:bulk:citizen-focus.example", mail.Headers["Feedback-ID"]);
    }

    [Fact]
    public async Task Mail_InBulkWithoutAWayOut_IsAFaultAndNotSent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Sender.SendAsync(Outgoing(Mail with { IsBulk = true }), default));

        Assert.Empty(await ReceivedAsync());
    }

    [Theory]
    [InlineData("O'Neill, \"Ann\"", "O'Neill, \"Ann\"")]
    [InlineData("Anna <x@evil.example>, Bob", "Anna <x@evil.example>, Bob")]
    [InlineData("Anna\r\nBcc: x@evil.example", "Anna Bcc: x@evil.example")]
    [InlineData(" Anna\n\n\tMaria ", "Anna Maria")]
    [InlineData("名前 😀", "名前 😀")]
    public async Task Name_Hostile_IsOneLineOfText(string typed, string received)
    {
        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(Mail with { ToName = typed, Subject = typed }), default));

        var mail = Assert.Single(await ReceivedAsync());
        Assert.Equal((Mail.To.Value, received, received), (mail.To, mail.ToName, mail.Subject));
        Assert.DoesNotContain("Bcc", mail.Headers.Keys);
    }

    [Fact]
    public void Text_OfAnyKind_NeverBecomesAnAddresseeOrAHeader() => Prop.ForAll(Hostile.Text, text =>
    {
        var email = Outgoing(Mail with { ToName = text, Subject = "s" + text, Text = "t" + text, Html = "h" + text }, Guid.NewGuid().ToString());

        Assert.IsType<SendOutcome.Accepted>(Sender.SendAsync(email, default).GetAwaiter().GetResult());

        var mail = ReceivedAsync().GetAwaiter().GetResult()[^1];
        Assert.Equal((Mail.To.Value, Options.From.Value), (mail.To, mail.From));
        Assert.DoesNotContain(mail.Subject + mail.ToName, char.IsControl);
        Assert.DoesNotContain("=?", mail.Subject + " " + mail.ToName, StringComparison.Ordinal);
        Assert.DoesNotContain("Bcc", mail.Headers.Keys);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Line_LongerThanTheProtocolsAllow_ArrivesWhole()
    {
        var line = string.Concat(Enumerable.Repeat("wörd ", 1000)) + new string('x', 998);

        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(Mail with { Subject = line, Text = line, Html = line }), default));

        var mail = Assert.Single(await ReceivedAsync());
        Assert.Equal((line, line, line), (mail.Subject, mail.Text.TrimEnd(), mail.Html.TrimEnd()));
    }

    [Fact]
    public async Task Domain_NotAscii_IsWrittenInPunycode()
    {
        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(Mail with { To = EmailAddress.Parse("anna@bücher.example") }), default));

        Assert.Equal("anna@xn--bcher-kva.example", Assert.Single(await ReceivedAsync()).To);
    }

    [Fact]
    public async Task Attachment_OverTheLimit_IsRefusedAndNotSent()
    {
        var email = Outgoing(Mail with { Calendar = new("REQUEST", new string('x', TooManyOctets ?? 1_000_000)) });

        var outcome = await Sender.SendAsync(email, default);

        if (TooManyOctets is null)
        {
            Assert.IsType<SendOutcome.Accepted>(outcome);
            return;
        }

        AssertNamesNobody(Assert.IsType<SendOutcome.Refused>(outcome));
        Assert.Empty(await ReceivedAsync());
    }

    [Fact]
    public async Task Mail_CancelledBeforehand_IsNotSent()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender.SendAsync(Outgoing(), new CancellationToken(canceled: true)));

        Assert.Empty(await ReceivedAsync());
    }

    [Fact]
    public void Sender_OfAnyKind_HasALeaseAndAKnownName()
    {
        Assert.Contains(Sender.Name, EmailProviders.Known);
        Assert.True(Sender.Lease > TimeSpan.Zero);
        Assert.True(Sender.Settlement != UnknownSettlement.AwaitReport || Sender.ReportDeadline > Sender.Lease);
    }

    /// <summary>Providers repeat addresses in what they say; ledger and log may not.</summary>
    private protected static void AssertNamesNobody(SendOutcome outcome)
    {
        Assert.DoesNotContain('@', outcome.ToString());
        Assert.DoesNotContain("anna", outcome.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Mail.ToName!, outcome.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Line ends are CRLF in mail, and one of them may end it.</summary>
    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
