using System.Net;
using System.Net.Sockets;
using System.Text;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Senders.Smtp;
using CitizenFocus.Functions.People;
using CitizenFocus.Testing;
using Microsoft.Extensions.Time.Testing;
using static CitizenFocus.Functions.Tests.Email.Sample;

namespace CitizenFocus.Functions.Tests.Email.Senders.Smtp;

public sealed class SmtpSenderTests(SmtpServer server) : IClassFixture<SmtpServer>, IAsyncDisposable
{
    private static readonly EmailOptions Email = Options with { Providers = [EmailProviders.Smtp] };

    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly List<SmtpSender> _senders = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders) await sender.DisposeAsync();
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task Mail_ToAServerWithTls_ArrivesSignedInAndAsItWasWritten(string form)
    {
        var security = form == "tls" ? SmtpSecurity.Tls : SmtpSecurity.StartTls;
        var mail = Mail(Unique("accept"));

        Assert.Equal(new SendOutcome.Accepted(null), await Sender(form, options => options with { Security = security }).SendAsync(mail, default));

        var received = Assert.Single(server.Received(mail.Message.To.Value));
        Assert.Equal((Email.From.Value, SmtpServer.UserName, true, "citizen-focus.example"), (received.From, received.User, received.Secure, received.Greeting));
        Assert.Equal(Encoding.ASCII.GetString(MimeWriter.Write(mail.Message, Email)).TrimEnd(), Encoding.ASCII.GetString(Convert.FromBase64String(received.Octets)).TrimEnd());
        Assert.Equal("Cités & “co” 😀", received.Read().Subject);
    }

    [Fact]
    public async Task Mail_ToARelayWithoutTls_ArrivesWhereTheSettingsSaySo()
    {
        var mail = Mail(Unique("accept"));

        Assert.IsType<SendOutcome.Accepted>(await Sender("plain", Open).SendAsync(mail, default));
        Assert.False(Assert.Single(server.Received(mail.Message.To.Value)).Secure);
    }

    [Fact]
    public async Task Mail_OfAKindWithAnIdentity_HasItInTheEnvelopeToo()
    {
        var email = Email with { Kinds = new Dictionary<string, EmailIdentity> { ["test"] = new(EmailAddress.Parse("digest@focus.example"), "Digest", null) } };
        var mail = Mail(Unique("accept"));

        await Sender("starttls", email: email).SendAsync(mail, default);

        Assert.Equal("digest@focus.example", Assert.Single(server.Received(mail.Message.To.Value)).From);
    }

    /// <summary>Left parts that the server refuses; the second word is what the ledger may say of it.</summary>
    [Theory]
    [InlineData("rcpt-550-5.1.1", typeof(SendOutcome.Refused), "5.1.1")]
    [InlineData("rcpt-553-x", typeof(SendOutcome.Refused), "553")]
    [InlineData("rcpt-450-4.2.0", typeof(SendOutcome.Later), "4.2.0")]
    [InlineData("rcpt-421-4.3.2", typeof(SendOutcome.Later), "4.3.2")]
    [InlineData("rcpt-530-5.7.0", typeof(SendOutcome.RefusedForUs), "authentication")]
    [InlineData("data-552-5.2.3", typeof(SendOutcome.Refused), "5.2.3")]
    [InlineData("data-554-5.6.0", typeof(SendOutcome.Refused), "5.6.0")]
    [InlineData("data-451-4.3.0", typeof(SendOutcome.Later), "4.3.0")]
    public async Task Mail_Refused_TellsWhyWithoutTheAddress(string local, Type outcome, string reason)
    {
        var mail = Mail(local);

        var told = await Sender("starttls").SendAsync(mail, default);

        Assert.IsType(outcome, told);
        Assert.Contains(reason, told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("please us", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('@', told.ToString());
        Assert.Empty(server.Received(mail.Message.To.Value));
    }

    [Theory]
    [InlineData("from-550-5.1.8", typeof(SendOutcome.RefusedForUs))]
    [InlineData("from-530-5.7.0", typeof(SendOutcome.RefusedForUs))]
    [InlineData("from-451-4.4.5", typeof(SendOutcome.Later))]
    [InlineData("from-552-5.3.4", typeof(SendOutcome.Refused))]
    public async Task Sender_Refused_IsOurOwnTrouble(string local, Type outcome) => Assert.IsType(
        outcome,
        await Sender("starttls", email: Email with { From = EmailAddress.Parse($"{local}@focus.example") }).SendAsync(Mail("accept"), default));

    [Theory]
    [InlineData("cut-rcpt", typeof(SendOutcome.Later))]
    [InlineData("cut-data", typeof(SendOutcome.Later))]
    [InlineData("cut-end", typeof(SendOutcome.Unknown))]
    [InlineData("cut-kept", typeof(SendOutcome.Unknown))]
    public async Task Connection_Cut_IsUnknownOnlyOnceAllMayBeOut(string local, Type outcome)
    {
        var mail = Mail(local);

        Assert.IsType(outcome, await Sender("starttls").SendAsync(mail, default));
        Assert.Equal(local == "cut-kept" ? 1 : 0, server.Received(mail.Message.To.Value).Count);
    }

    [Fact]
    public async Task Connection_CutInTheMiddleOfALongMail_IsForLater()
    {
        var mail = Mail("cut-middle", new string('x', 20_000_000));

        Assert.IsType<SendOutcome.Later>(await Sender("starttls").SendAsync(mail, default));
    }

    [Theory]
    [InlineData("hang-rcpt", typeof(SendOutcome.Later))]
    [InlineData("hang-end", typeof(SendOutcome.Unknown))]
    public async Task Server_ThatNeverAnswers_IsLeftWithinTheLease(string local, Type outcome)
    {
        var sender = Sender("starttls");
        var mail = Mail(Unique(local));

        var sending = sender.SendAsync(mail, default);
        await server.HangsAsync(mail.Message.To.Value);
        Assert.False(sending.IsCompleted);
        _time.Advance(SmtpSender.LongestAttempt);

        Assert.IsType(outcome, await sending);
        Assert.True(sender.Lease > SmtpSender.LongestAttempt);
    }

    [Fact]
    public async Task Caller_WhoStops_HasSentNothingBeforeTheEndAndDoesNotKnowAfterIt()
    {
        using var stop = new CancellationTokenSource();
        OutgoingEmail before = Mail(Unique("hang-rcpt")), after = Mail(Unique("hang-end"));
        var (stopped, unknown) = (Sender("starttls").SendAsync(before, stop.Token), Sender("starttls").SendAsync(after, stop.Token));
        await Task.WhenAll(server.HangsAsync(before.Message.To.Value), server.HangsAsync(after.Message.To.Value));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.IsType<SendOutcome.Unknown>(await unknown);
    }

    [Theory]
    [InlineData("busy", typeof(SendOutcome.Later), "4.3.2")]
    [InlineData("closed", typeof(SendOutcome.RefusedForUs), "5.7.1")]
    public async Task Greeting_Unfriendly_IsNoRefusalOfTheMail(string form, Type outcome, string reason)
    {
        var told = await Sender(form).SendAsync(Mail("accept"), default);

        Assert.IsType(outcome, told);
        Assert.Contains(reason, told.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna", "wrong", typeof(SendOutcome.RefusedForUs))]
    [InlineData("busy", "any", typeof(SendOutcome.Later))]
    public async Task Password_NotTaken_IsOurOwnTroubleUnlessTheServerSaysLater(string user, string password, Type outcome)
    {
        var told = await Sender("starttls", options => options with { UserName = user, Password = password }).SendAsync(Mail("accept"), default);

        Assert.IsType(outcome, told);
        Assert.DoesNotContain(user, told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Missing_IsOurOwnTrouble() =>
        Assert.IsType<SendOutcome.RefusedForUs>(await Sender("starttls", options => options with { UserName = null, Password = null }).SendAsync(Mail("accept"), default));

    [Fact]
    public async Task Server_WithoutStartTls_IsNotWrittenToInTheClear()
    {
        var mail = Mail(Unique("accept"));

        Assert.IsType<SendOutcome.RefusedForUs>(await Sender("plain", options => options with { UserName = null, Password = null }).SendAsync(mail, default));
        Assert.Empty(server.Received(mail.Message.To.Value));
    }

    [Fact]
    public async Task Mail_LargerThanTheServerTakes_IsRefused()
    {
        var mail = Mail(Unique("accept"), new string('x', 100_000));

        Assert.IsType<SendOutcome.Refused>(await Sender("small").SendAsync(mail, default));
        Assert.IsType<SendOutcome.Accepted>(await Sender("small").SendAsync(Mail(Unique("accept")), default));
    }

    public enum Stranger
    {
        NotTrusted,
        TrustedIsAnother,
        OfAnotherName,
    }

    [Theory]
    [InlineData(Stranger.NotTrusted)]
    [InlineData(Stranger.TrustedIsAnother)]
    [InlineData(Stranger.OfAnotherName)]
    public async Task Certificate_NotTrusted_IsNeverWrittenTo(Stranger stranger)
    {
        var mail = Mail(Unique("accept"));
        var sender = Sender("starttls", options => stranger switch
        {
            Stranger.NotTrusted => options with { CertificateFile = null },
            Stranger.TrustedIsAnother => options with { CertificateFile = server.ForeignCertificateFile },
            _ => options with { Host = "127.0.0.1" },
        });

        Assert.IsType<SendOutcome.Later>(await sender.SendAsync(mail, default));
        Assert.Empty(server.Received(mail.Message.To.Value));
    }

    [Fact]
    public async Task Server_Absent_IsForLater()
    {
        Assert.IsType<SendOutcome.Later>(await Sender("starttls", options => options with { Port = FreePort() }).SendAsync(Mail("accept"), default));
        Assert.IsType<SendOutcome.Later>(await Sender("starttls", options => options with { Host = "nowhere.invalid" }).SendAsync(Mail("accept"), default));
    }

    [Fact]
    public async Task Connection_OfUse_IsUsedAgainUntilItIdlesTooLong()
    {
        var sender = Sender("starttls");
        OutgoingEmail[] mails = [Mail(Unique("accept")), Mail(Unique("accept")), Mail(Unique("accept"))];

        await sender.SendAsync(mails[0], default);
        _time.Advance(SmtpConnections.LongestIdle - TimeSpan.FromSeconds(1));
        await sender.SendAsync(mails[1], default);
        Assert.Equal(1, sender.IdleConnections);
        _time.Advance(SmtpConnections.LongestIdle * 2);
        Assert.Equal(0, sender.IdleConnections);
        await sender.SendAsync(mails[2], default);

        var connections = mails.Select(mail => Assert.Single(server.Received(mail.Message.To.Value)).Connection).ToList();
        Assert.Equal(connections[0], connections[1]);
        Assert.NotEqual(connections[1], connections[2]);
    }

    [Fact]
    public async Task Connection_AfterAFault_IsNotUsedAgain()
    {
        var sender = Sender("starttls");
        await sender.SendAsync(Mail(Unique("accept")), default);

        await sender.SendAsync(Mail("rcpt-550-5.1.1"), default);

        Assert.Equal(0, sender.IdleConnections);
        Assert.IsType<SendOutcome.Accepted>(await sender.SendAsync(Mail(Unique("accept")), default));
    }

    [Fact]
    public async Task Mails_AtOnce_AllArriveOnceAndFewConnectionsStay()
    {
        var sender = Sender("starttls");
        var mails = Enumerable.Range(0, 20).Select(_ => Mail(Unique("accept"))).ToList();

        var outcomes = await Task.WhenAll(mails.Select(mail => sender.SendAsync(mail, default)));

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Accepted>(outcome));
        Assert.All(mails, mail => Assert.Single(server.Received(mail.Message.To.Value)));
        Assert.InRange(sender.IdleConnections, 1, SmtpConnections.MostIdle);
    }

    [Fact]
    public async Task Mail_WithDotsAlone_ArrivesWhole()
    {
        var mail = Mail(Unique("accept"), ".\n..\n.\r\n.\r\nQUIT\r\n");

        await Sender("starttls").SendAsync(mail, default);

        Assert.Equal(".\n..\n.\n.\nQUIT\n", Assert.Single(server.Received(mail.Message.To.Value)).Read().TextBody!.ReplaceLineEndings("\n"));
    }

    private static SmtpOptions Open(SmtpOptions options) => options with { Security = SmtpSecurity.None, UserName = null, Password = null };

    private SmtpSender Sender(string form, Func<SmtpOptions, SmtpOptions>? change = null, EmailOptions? email = null)
    {
        var options = new SmtpOptions
        {
            Host = "localhost",
            Port = server.Port(form),
            UserName = SmtpServer.UserName,
            Password = SmtpServer.Password,
            CertificateFile = server.CertificateFile,
        };
        var sender = new SmtpSender(change is null ? options : change(options), email ?? Email, _time);
        _senders.Add(sender);
        return sender;
    }

    private static OutgoingEmail Mail(string local, string text = "Hello Ännä,\n\nwelcome.\n")
    {
        var (person, key) = (PersonId.FromHash(new byte[32]), DeliveryKey.Of("test", local));
        return new(person, key, new()
        {
            To = EmailAddress.Parse($"{local}@example.org"),
            ToName = "Ännä \"Ann\" O’Neill, Dr.",
            Kind = "test",
            Subject = "Cités & “co” 😀",
            Text = text,
            Html = "<!DOCTYPE html>\n<html lang=\"en\"><body><p>Hello Ännä</p></body></html>\n",
            MessageId = $"{key.DeliveryIdFor(person)}@citizen-focus.example",
            Date = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
        });
    }

    private static string Unique(string local) => $"{local}-{AzuriteFixture.UniqueName("n")}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
