using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Senders.Smtp;

namespace CitizenFocus.Functions.Tests.Email.Senders.Smtp;

public sealed class SmtpContractTests : SenderContract, IClassFixture<SmtpServer>, IAsyncDisposable
{
    private readonly SmtpServer _server;
    private readonly SmtpSender _sender;
    private readonly int _before;

    public SmtpContractTests(SmtpServer server)
    {
        (_server, _before) = (server, server.Received().Count);
        _sender = new(
            new()
            {
                Host = "localhost",
                Port = server.Port("starttls"),
                UserName = SmtpServer.UserName,
                Password = SmtpServer.Password,
                CertificateFile = server.CertificateFile,
            },
            Options,
            TimeProvider.System);
    }

    private protected override IEmailSender Sender => _sender;

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private protected override Task<IReadOnlyList<ReceivedMail>> ReceivedAsync() =>
        Task.FromResult<IReadOnlyList<ReceivedMail>>([.. _server.Received().Skip(_before).Select(each => ReceivedMail.Of(each.Read()))]);
}
