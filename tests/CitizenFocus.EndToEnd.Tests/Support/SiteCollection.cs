namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The tests that share one site and one browser; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<SiteFixture>, ICollectionFixture<BrowserFixture>
{
    public const string Name = "Site";
}

/// <summary>One site for all tests that do not harm it.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    public RunningSite Site { get; private set; } = null!;

    public async Task InitializeAsync() => Site = await RunningSite.StartAsync(BuiltApp.Settings(
        // Playwright types faster than a robot would dare to.
        ("Forms__MinimumSeconds", "0"),
        ("Webinars__RegistrationsPerMinute", "1000")));

    public async Task DisposeAsync() => await Site.DisposeAsync();
}
