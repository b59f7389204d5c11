using System.Net;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Email.Sending;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email;

/// <summary>The ledger alone: a kind of mail of the test's own, and a provider that does as it is told.</summary>
public sealed class SendEmailTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly FakeSender _sender = new();
    private readonly FakeComposer _composer = new();
    private readonly string _address = a.Address();
    private Site _site = null!;

    private string Message => Site.DueEmail(_site.PersonOf(_address), "test|one");

    public async Task InitializeAsync() => _site = await Site.StartAsync(services => services.AddKeyedSingleton<IEmailSender>(EmailProviders.Pickup, _sender).AddSingleton<IEmailComposer>(_composer));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Message_DeliveredTwiceAndAtOnce_IsSentOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync()));
        _site.Time.Advance(Lease * 2);
        await SendAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(1, _sender.Calls);
        Assert.Equal((DeliveryState.Accepted, 1, "fake", "id"), await RowAsync(row => (row.State, row.Attempt, row.Provider, row.ProviderId)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_ThatDiesBeforeOrAfterAnyCall_SendsAtMostOnceUnlessRepeatingIsHarmless(bool repeatIsHarmless)
    {
        _sender.Settlement = repeatIsHarmless ? UnknownSettlement.Repeat : UnknownSettlement.AwaitReport;
        var cases = 0;
        for (var dies = 0; ; dies++)
        {
            var died = 0;
            foreach (var isAnswerLost in new[] { false, true })
            {
                var address = a.Address($"n{dies}x");
                var message = Site.DueEmail(_site.PersonOf(address), "test|one");
                (_sender.Calls, cases) = (0, cases + 1);
                var left = dies;
                _site.Calls.Disturb = async (_, send) =>
                {
                    var fails = Interlocked.Decrement(ref left) == -1;
                    if (fails && !isAnswerLost) throw new InjectedFault();
                    await send();
                    if (fails) throw new InjectedFault();
                };
                if (await SendAsync(message) != HttpStatusCode.OK) died++;
                _site.Calls.Disturb = null;

                await SendAsync(message);
                _site.Time.Advance(Lease + TimeSpan.FromSeconds(1));
                await SendAsync(message);

                var row = Assert.Single(await _site.DeliveriesAsync(address));
                if (repeatIsHarmless) Assert.Equal(DeliveryState.Accepted, row.State);
                else Assert.True((row.State, _sender.Calls) is (DeliveryState.Accepted, 1) or (DeliveryState.Unknown, 0 or 1), $"{row.State} after {_sender.Calls} calls");
            }

            if (died == 0) break;
        }

        Assert.InRange(cases, 6, 20);
    }

    [Fact]
    public async Task Lease_Alive_PutsTheMessageBackForLater()
    {
        _sender.Answer = async () =>
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync());
            return new SendOutcome.Accepted("id");
        };

        await SendAsync();

        Assert.Equal((1, 1), (_sender.Calls, await QueuedAsync()));
    }

    [Fact]
    public async Task Lease_Expired_IsTakenOverAndTheFirstHoldersWordNoLongerCounts()
    {
        _sender.Answer = async () =>
        {
            if (_sender.Calls > 1) return new SendOutcome.Accepted("second");
            _site.Time.Advance(Lease + TimeSpan.FromSeconds(1));
            await SendAsync();
            return new SendOutcome.Refused("too late to say");
        };

        await SendAsync();

        Assert.Equal((DeliveryState.Accepted, 2, "second"), await RowAsync(row => (row.State, row.Attempt, row.ProviderId)));
    }

    [Fact]
    public async Task Later_AskedForByTheProvider_IsSentAgainThenAndAccepted()
    {
        _sender.Answer = () => Task.FromResult<SendOutcome>(new SendOutcome.Later(TimeSpan.FromDays(30), "too many"));
        await SendAsync();
        Assert.Equal((DeliveryState.Later, "too many"), await RowAsync(row => (row.State, row.Reason)));
        Assert.Equal(1, await QueuedAsync());

        _sender.Answer = null;
        await SendAsync();

        Assert.Equal((DeliveryState.Accepted, 2), await RowAsync(row => (row.State, row.Attempt)));
    }

    [Theory]
    [InlineData(true, "Accepted", 2)]
    [InlineData(false, "Unknown", 1)]
    public async Task Unknown_IsNotTakenForFailed_AndRepeatedOnlyWhereThatIsHarmless(bool repeatIsHarmless, string state, int calls)
    {
        _sender.Settlement = repeatIsHarmless ? UnknownSettlement.Repeat : UnknownSettlement.AwaitReport;
        _sender.Answer = () => Task.FromResult<SendOutcome>(new SendOutcome.Unknown("time-out"));
        await SendAsync();
        Assert.Equal((DeliveryState.Unknown, 1), (await RowAsync(row => row.State), await QueuedAsync()));

        _sender.Answer = null;
        await SendAsync();

        Assert.Equal((state, calls), (await RowAsync(row => row.State.ToString()), _sender.Calls));
    }

    [Fact]
    public async Task Refused_IsForGood()
    {
        _sender.Answer = () => Task.FromResult<SendOutcome>(new SendOutcome.Refused("no such mailbox"));

        await SendAsync();
        await SendAsync();

        Assert.Equal((1, DeliveryState.Refused, "no such mailbox"), (_sender.Calls, await RowAsync(row => row.State), await RowAsync(row => row.Reason)));
    }

    [Fact]
    public async Task NoLongerApplying_NeverTried_IsSkippedWithItsReason()
    {
        _composer.Answer = new Composition.Skip("over");

        await SendAsync();

        Assert.Equal((DeliveryState.Skipped, "over", 0), await RowAsync(row => (row.State, row.Reason, row.Attempt)));
    }

    [Fact]
    public async Task NoLongerApplying_AfterAnAttemptWithoutAnAnswer_IsNotWrittenDownAsNotSent()
    {
        _sender.Answer = () => Task.FromResult<SendOutcome>(new SendOutcome.Unknown("time-out"));
        await SendAsync();
        _composer.Answer = new Composition.Skip("over");

        await SendAsync();

        Assert.Equal((DeliveryState.Unknown, 1), await RowAsync(row => (row.State, row.Attempt)));
        Assert.EndsWith("over", await RowAsync(row => row.Reason), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyToWriteTo_LeavesNoRow()
    {
        _composer.Answer = new Composition.Nothing();

        await SendAsync();

        Assert.Empty(await _site.DeliveriesAsync(_address));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("""{"person":"nobody","key":"test|one"}""")]
    public async Task Message_ThatIsNoneOfOurs_FailsAndEndsAmongThePoisonous(string message) =>
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(message));

    private async Task<HttpStatusCode> SendAsync(string? message = null) => (await _site.InvokeAsync(SendEmail.FunctionName, message ?? Message)).StatusCode;

    private async Task<T> RowAsync<T>(Func<Delivery, T> select) => select(Assert.Single(await _site.DeliveriesAsync(_address)));

    private async Task<int> QueuedAsync() => (await _site.Storage.Queue(EmailQueue.QueueName).GetPropertiesAsync()).Value.ApproximateMessagesCount;

    private sealed class FakeSender : IEmailSender
    {
        private int _calls;

        public string Name => "fake";

        public TimeSpan Lease => SendEmailTests.Lease;

        public SendingRate Rate => SendingRate.Unlimited;

        public UnknownSettlement Settlement { get; set; }

        public Func<Task<SendOutcome>>? Answer { get; set; }

        public int Calls
        {
            get => Volatile.Read(ref _calls);
            set => Volatile.Write(ref _calls, value);
        }

        public Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Answer?.Invoke() ?? Task.FromResult<SendOutcome>(new SendOutcome.Accepted("id"));
        }
    }

    private sealed class FakeComposer : IEmailComposer
    {
        public IReadOnlyCollection<string> Kinds => ["test"];

        public Composition Answer { get; set; } = new Composition.Ready(new()
        {
            To = EmailAddress.Parse("anna@example.org"),
            Subject = "Test",
            Text = "Test",
            Html = "<p>Test</p>",
            MessageId = "test@example.org",
        });

        public Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken) => Task.FromResult(Answer);
    }
}
