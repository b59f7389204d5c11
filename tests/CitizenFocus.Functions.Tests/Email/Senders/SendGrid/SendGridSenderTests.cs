using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Senders.SendGrid;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace CitizenFocus.Functions.Tests.Email.Senders.SendGrid;

public sealed class SendGridSenderTests : HttpSenderContract
{
    private static readonly EmailMessage Template = Mail with
    {
        Kind = "digest",
        IsBulk = true,
        Subject = "The week",
        Text = "Leave: -leave-\n",
        Html = "<!DOCTYPE html>\n<html lang=\"en\"><body><a href=\"-leave-\">Leave</a></body></html>\n",
    };

    private readonly SendGridStandIn _standIn = new();

    private protected override ProviderStandIn StandIn => _standIn;

    private protected override int? TooManyOctets => 20_000_000;

    private protected override IEmailSender SenderTo(Uri endpoint) => With(new() { ApiKey = SendGridStandIn.ApiKey, BaseUrl = endpoint });

    [Fact]
    public async Task Bulk_OfAThousand_IsOneCallAndAMailEach()
    {
        var outcomes = await new BulkSender(TimeProvider.System).SendAsync(Sender, Bulk(1_000), default);

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Accepted>(outcome));
        Assert.Equal((1, 1_000), (_standIn.Requests, _standIn.Received.Count));
        Assert.All(_standIn.Received.Select((mail, n) => (mail, n)), each =>
        {
            Assert.Equal((To(each.n), $"Leave: https://focus.example/leave/{each.n}\n"), (each.mail.To, each.mail.Text));
            Assert.Contains($"href=\"https://focus.example/leave/{each.n}\"", each.mail.Html, StringComparison.Ordinal);
            Assert.Equal($"<https://focus.example/leave/{each.n}>", each.mail.Headers["List-Unsubscribe"]);
            Assert.Equal($"<m{each.n}@focus.example>", each.mail.Headers["Message-ID"]);
        });
    }

    [Fact]
    public async Task Bulk_OfMoreThanACallTakes_IsSeveral()
    {
        await new BulkSender(TimeProvider.System).SendAsync(Sender, Bulk(2_001), default);

        Assert.Equal((3, 2_001), (_standIn.Requests, _standIn.Received.Count));
    }

    [Fact]
    public void Bulk_WithBadAddressesAmongTheGood_RefusesJustThem() => Prop.ForAll(
        (from count in Gen.Choose(1, 40) from bad in Gen.Choose(0, 39).ArrayOf(4) select (count, bad: bad.Where(n => n < count).ToHashSet())).ToArbitrary(),
        given =>
        {
            var before = _standIn.Received.Count;
            _standIn.BadAddresses.Clear();
            _standIn.BadAddresses.UnionWith(given.bad.Select(To));

            var outcomes = new BulkSender(TimeProvider.System).SendAsync(Sender, Bulk(given.count), default).GetAwaiter().GetResult();

            Assert.Equal(given.bad.Order(), outcomes.Index().Where(outcome => outcome.Item is SendOutcome.Refused).Select(outcome => outcome.Index));
            Assert.Equal(
                Enumerable.Range(0, given.count).Except(given.bad).Select(To).Order(), _standIn.Received.Skip(before).Select(mail => mail.To).Order());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(nameof(Behaviour.Fail500), typeof(SendOutcome.Unknown))]
    [InlineData(nameof(Behaviour.Throttle429), typeof(SendOutcome.Later))]
    [InlineData(nameof(Behaviour.Refuse401), typeof(SendOutcome.RefusedForUs))]
    public async Task Bulk_WhoseCallIsNotTaken_LeavesTheRestForLater(string behaviour, Type expected)
    {
        _standIn.Next.Enqueue(Enum.Parse<Behaviour>(behaviour));

        var outcomes = await new BulkSender(TimeProvider.System).SendAsync(Sender, Bulk(1_500), default);

        Assert.All(outcomes.Take(1_000), outcome => Assert.IsType(expected, outcome));
        Assert.All(outcomes.Skip(1_000), outcome => Assert.IsType<SendOutcome.Later>(outcome));
        Assert.Equal((1, 0), (_standIn.Requests, _standIn.Received.Count));
    }

    [Theory]
    [InlineData(true, "AwaitReport")]
    [InlineData(false, "ByClass")]
    public void Unknown_IsSettledByReportsOnlyWhereTheyCome(bool hasReports, string settlement) =>
        Assert.Equal(settlement, With(new() { ApiKey = "key", WebhookPublicKey = hasReports ? "key" : null }).Settlement.ToString());

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void Options_Complete_AreRead(string tracking, bool tracks)
    {
        var (options, faults) = Read(("ApiKey", "SG.key"), ("BaseUrl", "https://api.eu.sendgrid.com"), ("ReportDeadlineMinutes", "30"), ("Tracking", tracking), ("MessagesPerHour", "500"));

        Assert.Empty(faults);
        Assert.Equal(("SG.key", "api.eu.sendgrid.com", TimeSpan.FromMinutes(30), tracks), (options.ApiKey, options.BaseUrl.Host, options.ReportDeadline, options.TracksReaders));
        Assert.Equal(new SendingRate(10, 500), With(options, new(10, 20)).Rate);
        Assert.DoesNotContain("SG.key", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_WithoutAKey_AreRefusedWhereMailGoesThisWayOnly()
    {
        SendGridOptionsValidator validator = new(Configuration(("Email:Providers", "smtp, sendgrid"))), other = new(Configuration(("Email:Providers", "smtp")));

        Assert.Contains("SendGrid__ApiKey", Assert.Single(validator.Validate(null, new()).Failures!), StringComparison.Ordinal);
        Assert.Contains("https://", Assert.Single(validator.Validate(null, new() { ApiKey = "key", BaseUrl = new("http://api.sendgrid.com") }).Failures!), StringComparison.Ordinal);
        Assert.True(other.Validate(null, new()).Succeeded);
        Assert.True(validator.Validate(null, new() { ApiKey = "key" }).Succeeded);
    }

    private SendGridSender With(SendGridOptions options, SendingRate? rate = null) => new(options, rate is null ? Options : Options with { Rate = rate }, Time);

    private static (SendGridOptions Options, IReadOnlyList<string> Faults) Read(params (string Key, string Value)[] values)
    {
        var settings = new Settings(Configuration([.. values.Select(value => ("SendGrid:" + value.Key, value.Value))]), SendGridOptions.Section);
        return (SendGridOptions.Read(settings), settings.Faults);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();

    private static string To(int n) => $"p{n}@recipient.example";

    private static BulkEmail Bulk(int count) => new()
    {
        Template = Template,
        Recipients =
        [
            .. Enumerable.Range(0, count).Select(n => new BulkRecipient
            {
                Person = PersonId.FromHash(new byte[32]),
                Key = DeliveryKey.Of("digest", "2026-W45"),
                To = EmailAddress.Parse(To(n)),
                MessageId = $"m{n}@focus.example",
                UnsubscribeUrl = new($"https://focus.example/leave/{n}"),
                Substitutions = new Dictionary<string, string> { ["-leave-"] = $"https://focus.example/leave/{n}" },
            }),
        ],
    };
}
