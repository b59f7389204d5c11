using CitizenFocus.Functions.Email.Senders;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Email.Senders;

/// <summary>What a sender by HTTP makes of each way in which its provider can fail.</summary>
public abstract class HttpSenderContract : SenderContract, IAsyncLifetime
{
    private protected abstract ProviderStandIn StandIn { get; }

    /// <summary>The clock of all senders here.</summary>
    private protected FakeTimeProvider Time { get; } = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private protected override IEmailSender Sender => field ??= SenderTo(StandIn.Address);

    private protected abstract IEmailSender SenderTo(Uri endpoint);

    private protected override Task<IReadOnlyList<ReceivedMail>> ReceivedAsync() => Task.FromResult(StandIn.Received);

    public virtual Task InitializeAsync() => StandIn.StartAsync();

    public virtual async Task DisposeAsync()
    {
        (Sender as IDisposable)?.Dispose();
        await StandIn.DisposeAsync();

        // Whatever a test is about: no request may break the provider's published schema.
        Assert.Empty(StandIn.Violations);
    }

    [Theory]
    [InlineData(nameof(Behaviour.Refuse400), typeof(SendOutcome.Refused))]
    [InlineData(nameof(Behaviour.TooLarge413), typeof(SendOutcome.Refused))]
    [InlineData(nameof(Behaviour.Refuse401), typeof(SendOutcome.RefusedForUs))]
    [InlineData(nameof(Behaviour.Throttle429), typeof(SendOutcome.Later))]
    [InlineData(nameof(Behaviour.Fail500), typeof(SendOutcome.Unknown))]
    [InlineData(nameof(Behaviour.CutBeforeReading), typeof(SendOutcome.Unknown))]
    [InlineData(nameof(Behaviour.CutAfterReading), typeof(SendOutcome.Unknown))]
    public async Task Provider_Failing_IsToldAsItIsByOneAttempt(string behaviour, Type expected)
    {
        StandIn.Next.Enqueue(Enum.Parse<Behaviour>(behaviour));

        var outcome = await Sender.SendAsync(Outgoing(), default);

        Assert.IsType(expected, outcome);
        AssertNamesNobody(outcome);
        Assert.Equal(1, StandIn.Requests);
        Assert.Equal(behaviour == nameof(Behaviour.CutAfterReading) ? 1 : 0, StandIn.Received.Count);
    }

    [Fact]
    public async Task Provider_ThatThrottles_SaysHowLong()
    {
        StandIn.Next.Enqueue(Behaviour.Throttle429);

        Assert.Equal(ProviderStandIn.RetryAfter, Assert.IsType<SendOutcome.Later>(await Sender.SendAsync(Outgoing(), default)).RetryAfter);
    }

    [Fact]
    public async Task Provider_ThatHangs_IsLeftWithinTheLease()
    {
        StandIn.Next.Enqueue(Behaviour.Hang);

        var sending = Sender.SendAsync(Outgoing(), default);
        await StandIn.HangsAsync();
        Assert.False(sending.IsCompleted);
        Time.Advance(Sender.Lease - TimeSpan.FromSeconds(1));

        AssertNamesNobody(Assert.IsType<SendOutcome.Unknown>(await sending));
    }

    [Fact]
    public async Task Caller_WhoStopsDuringTheCall_DoesNotKnow()
    {
        StandIn.Next.Enqueue(Behaviour.Hang);
        using var stop = new CancellationTokenSource();

        var sending = Sender.SendAsync(Outgoing(), stop.Token);
        await StandIn.HangsAsync();
        await stop.CancelAsync();

        Assert.IsType<SendOutcome.Unknown>(await sending);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://nobody.invalid")]
    public async Task Provider_OutOfReach_IsForLater(string endpoint)
    {
        var outcome = await SenderTo(new(endpoint)).SendAsync(Outgoing(), default);

        AssertNamesNobody(Assert.IsType<SendOutcome.Later>(outcome));
    }

    [Fact]
    public async Task Provider_WithoutTls_IsForLater()
    {
        // A plain server where TLS is expected.
        var outcome = await SenderTo(new UriBuilder(StandIn.Address) { Scheme = Uri.UriSchemeHttps }.Uri).SendAsync(Outgoing(), default);

        AssertNamesNobody(Assert.IsType<SendOutcome.Later>(outcome));
        Assert.Empty(StandIn.Received);
    }

    [Fact]
    public async Task Provider_ThatWorksAgain_TakesTheNext()
    {
        StandIn.Next.Enqueue(Behaviour.CutBeforeReading);
        await Sender.SendAsync(Outgoing(), default);

        Assert.IsType<SendOutcome.Accepted>(await Sender.SendAsync(Outgoing(), default));
        Assert.Single(StandIn.Received);
    }
}
