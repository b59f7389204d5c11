namespace CitizenFocus.EndToEnd.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Azurite_Started_GivesAConnectionString() =>
        Assert.Contains("TableEndpoint", await CitizenFocus.Testing.AzuriteFixture.ConnectionStringAsync());
}
