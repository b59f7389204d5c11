using System.Net;
using CitizenFocus.EndToEnd.Tests.Support;
using CitizenFocus.Testing;

namespace CitizenFocus.EndToEnd.Tests;

/// <summary>LocalHost as a program: what a terminal, a script or a dying app does to it, it leaves nothing behind.</summary>
public sealed class LocalHostProcessTests
{
    [Theory]
    [InlineData(LocalHostProcess.Interrupt, true)] // Ctrl-C
    [InlineData(LocalHostProcess.Interrupt, false)]
    [InlineData(LocalHostProcess.Terminate, false)]
    public async Task Signal_AtAnyTime_StopsTheAppAndAzurite(int signal, bool toAll)
    {
        await using var localHost = await LocalHostProcess.StartAsync();
        using (var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{localHost.Port}") })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        }

        Assert.NotNull(localHost.App);
        Assert.True(localHost.Group.Count >= 3, "LocalHost, Azurite and the app");

        if (toAll) localHost.SignalGroup(signal);
        else localHost.Signal(signal);

        Assert.Equal(0, await localHost.WaitForExitAsync());
        Assert.Empty(localHost.Group);
    }

    [Fact]
    public async Task RestartLimit_Reached_EndsLocalHostAndAzurite()
    {
        await using var localHost = await LocalHostProcess.StartAsync("--restart-limit", "3");
        for (var death = 1; death <= 3; death++)
        {
            var app = await Eventually.Async(() => Task.FromResult(localHost.App), id => id is not null);
            LocalHostProcess.KillApp(app!.Value);
            await Eventually.Async(() => Task.FromResult(localHost.App), id => id != app);
        }

        Assert.Equal(1, await localHost.WaitForExitAsync());
        Assert.Empty(localHost.Group);
    }
}
