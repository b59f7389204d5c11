namespace CitizenFocus.Functions.Tests.Support;

/// <summary>One <see cref="Site"/> for a class of tests, each of which has webinars of its own.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    internal Site Site { get; private set; } = null!;

    public async Task InitializeAsync() => Site = await Site.StartAsync();

    public async Task DisposeAsync() => await Site.DisposeAsync();
}
