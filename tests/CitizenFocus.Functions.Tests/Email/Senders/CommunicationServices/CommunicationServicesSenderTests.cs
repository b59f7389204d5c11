using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Senders.CommunicationServices;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

public sealed class CommunicationServicesSenderTests : HttpSenderContract
{
    private readonly CommunicationServicesStandIn _standIn = new();

    private protected override ProviderStandIn StandIn => _standIn;

    private protected override bool BearsSenderName => false;

    /// <summary>In base64 more than 10 MB.</summary>
    private protected override int? TooManyOctets => 8_000_000;

    private string OperationId => Sender.OperationIdOf(Outgoing().DeliveryId)!;

    private protected override IEmailSender SenderTo(Uri endpoint) => WithKey(CommunicationServicesStandIn.ConnectionStringOf(endpoint));

    [Fact]
    public async Task Mail_SentAgainUnderItsId_IsOneMail()
    {
        _standIn.Next.Enqueue(Behaviour.CutAfterReading);

        Assert.IsType<SendOutcome.Unknown>(await Sender.SendAsync(Outgoing(), default));
        Assert.Equal(new SendOutcome.Accepted(OperationId), await Sender.SendAsync(Outgoing(), default));
        Assert.Equal(new SendOutcome.Accepted(OperationId), await SenderTo(_standIn.Address).SendAsync(Outgoing(), default));

        Assert.Single(_standIn.Received);
        Assert.Equal([OperationId, OperationId, OperationId], _standIn.OperationIds);
    }

    [Fact]
    public void OperationId_OfADelivery_IsItsOwnForEver()
    {
        // Fixed: what was sent before a release is asked for after it.
        Assert.Equal("1f841736-375d-879c-84a5-e5acf361634a", OperationIds.Of("abcdefghijklmnopqrstuvwxyz234567").ToString());
        Assert.NotEqual(OperationId, Sender.OperationIdOf(Outgoing(key: "two").DeliveryId));
        Assert.Equal((8, 8), (OperationIds.Of("x").Version, OperationIds.Of("x").Variant & 0xc));
    }

    [Theory]
    [InlineData("NotStarted")]
    [InlineData("Running")]
    [InlineData("Succeeded")]
    [InlineData("AStateThatIsNew")]
    public async Task Provider_AskedForWhatItHas_SaysThatItIsAccepted(string status)
    {
        _standIn.Settle(OperationId, status);

        Assert.Equal(new SendOutcome.Accepted(OperationId), await Sender.AskAsync(Outgoing().DeliveryId, default));
    }

    [Theory]
    [InlineData("Failed", "EmailDropped", "EmailDropped")]
    [InlineData("Canceled", "EmailDroppedAllRecipientsSuppressed", "EmailDroppedAllRecipientsSuppressed")]
    [InlineData("Failed", "anna@recipient.example", "no code")]
    [InlineData("Failed", null, "no code")]
    public async Task Provider_AskedForWhatItGaveUp_SaysWhyByItsCode(string status, string? error, string reason)
    {
        _standIn.Settle(OperationId, status, error);

        var outcome = Assert.IsType<SendOutcome.Refused>(await Sender.AskAsync(Outgoing().DeliveryId, default));

        Assert.EndsWith(reason, outcome.Reason, StringComparison.Ordinal);
        AssertNamesNobody(outcome);
    }

    [Fact]
    public async Task Provider_AskedForWhatItNeverGot_KnowsOfNone() => Assert.Null(await Sender.AskAsync(Outgoing().DeliveryId, default));

    [Theory]
    [InlineData(nameof(Behaviour.Refuse401))]
    [InlineData(nameof(Behaviour.Throttle429))]
    [InlineData(nameof(Behaviour.Fail500))]
    [InlineData(nameof(Behaviour.CutBeforeReading))]
    public async Task Provider_ThatCannotBeAsked_LeavesItUnknown(string behaviour)
    {
        _standIn.Settle(OperationId, "Succeeded");
        _standIn.Next.Enqueue(Enum.Parse<Behaviour>(behaviour));

        AssertNamesNobody(Assert.IsType<SendOutcome.Unknown>(await Sender.AskAsync(Outgoing().DeliveryId, default)));
        Assert.Equal(1, _standIn.Requests);
    }

    [Fact]
    public async Task Provider_ThatHangsWhenAsked_IsLeftWithinTheLease()
    {
        _standIn.Next.Enqueue(Behaviour.Hang);

        var asking = Sender.AskAsync(Outgoing().DeliveryId, default);
        await _standIn.HangsAsync();
        Time.Advance(CommunicationServicesSender.LongestAttempt);

        Assert.IsType<SendOutcome.Unknown>(await asking);
    }

    [Theory]
    [InlineData(404, "DomainNotLinked", typeof(SendOutcome.RefusedForUs))]
    [InlineData(403, "Forbidden", typeof(SendOutcome.RefusedForUs))]
    [InlineData(400, "InvalidSenderUserName", typeof(SendOutcome.RefusedForUs))]
    [InlineData(400, "SubscriptionBlocked", typeof(SendOutcome.RefusedForUs))]
    [InlineData(400, "EmailDroppedAllRecipientsSuppressed", typeof(SendOutcome.Refused))]
    [InlineData(422, "BadRequest", typeof(SendOutcome.Refused))]
    [InlineData(409, "Conflict", typeof(SendOutcome.Unknown))]
    [InlineData(503, "ServiceUnavailable", typeof(SendOutcome.Unknown))]
    public async Task Provider_WithAnErrorCode_TellsWhomItIsAbout(int status, string code, Type expected)
    {
        _standIn.Refusal = (status, code);
        _standIn.Next.Enqueue(Behaviour.Refuse400);

        var outcome = await Sender.SendAsync(Outgoing(), default);

        Assert.IsType(expected, outcome);
        Assert.Contains($"{status}: {code}", outcome.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sun, 01 Nov 2026 08:02:00 GMT", 120)]
    [InlineData("Sun, 01 Nov 2026 07:00:00 GMT", null)]
    [InlineData("soon", null)]
    public async Task Provider_ThatThrottles_MayNameAnInstant(string header, int? seconds)
    {
        _standIn.RetryAfterHeader = header;
        _standIn.Next.Enqueue(Behaviour.Throttle429);

        var later = Assert.IsType<SendOutcome.Later>(await Sender.SendAsync(Outgoing(), default));

        Assert.Equal(seconds, later.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"id":1}""")]
    public async Task Provider_WhoseAnswerCannotBeRead_MayHaveTakenIt(string answer)
    {
        _standIn.Nonsense = answer;

        Assert.IsType<SendOutcome.Unknown>(await Sender.SendAsync(Outgoing(), default));
    }

    [Fact]
    public async Task Key_Wrong_IsOurOwnTrouble()
    {
        var sender = WithKey(CommunicationServicesStandIn.ConnectionStringOf(_standIn.Address, "d3Jvbmc="));

        Assert.IsType<SendOutcome.RefusedForUs>(await sender.SendAsync(Outgoing(), default));
        Assert.Empty(_standIn.Received);
    }

    [Fact]
    public async Task Mail_WithACalendar_ArrivesWithoutItRatherThanNotAtAll()
    {
        await Sender.SendAsync(Outgoing(Mail with { Calendar = new("REQUEST", Calendar) }), default);

        Assert.Equal("true", Assert.Single(_standIn.Received).Headers["x-ms-acsemail-suppress-invalid-attachment"]);
    }

    private CommunicationServicesSender WithKey(string connectionString) =>
        new(new() { ConnectionString = connectionString, Rate = SendingRate.Unlimited }, Options, Time);
}
