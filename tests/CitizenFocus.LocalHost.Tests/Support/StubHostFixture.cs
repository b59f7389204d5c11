namespace CitizenFocus.LocalHost.Tests.Support;

/// <summary>One host for all tests of a class.</summary>
public sealed class StubHostFixture : IAsyncLifetime
{
    public StubHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await StubHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
