using System.Diagnostics;
using System.Net;
using CitizenFocus.LocalHost.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.LocalHost.Tests;

/// <summary>The app's process: its environment, its deaths and what follows them.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task Environment_OfTheApp_IsTheHostsAndTheSettings()
    {
        await using var host = await StubHost.StartAsync(new()
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["OtherStorage"] = "UseDevelopmentStorage=true",
            ["Site__BaseUrl"] = "https://elsewhere.example",
            ["Email__PickupDirectory"] = "/elsewhere",
            ["Own"] = "value",
        });

        Assert.Equal("value", await host.GetAsync("/do/setting/Own"));
        Assert.Contains("QueueEndpoint=http://127.0.0.1:", await host.GetAsync("/do/setting/AzureWebJobsStorage"));
        Assert.Equal(await host.GetAsync("/do/setting/AzureWebJobsStorage"), await host.GetAsync("/do/setting/OtherStorage"));
        Assert.Equal($"http://localhost:{host.Host.BaseAddress.Port}", await host.GetAsync("/do/setting/Site__BaseUrl"));
        Assert.Equal(host.Mailbox, await host.GetAsync("/do/setting/Email__PickupDirectory"));
        Assert.Equal(host.Host.App.Root, await host.GetAsync("/do/setting/FUNCTIONS_APP_ROOT_PATH"));
        Assert.True(Guid.TryParse(await host.GetAsync("/do/setting/FUNCTIONS_CUSTOMHANDLER_WORKER_ID"), out _));
        Assert.Equal(Path.TrimEndingDirectorySeparator(host.Host.App.Root), await host.GetAsync("/do/directory"));
        Assert.Contains("app | the stub is ready", host.Log.Text);
    }

    [Fact]
    public async Task Killed_WithARequestInFlight_Gets500AndANewProcessFollows()
    {
        await using var host = await StubHost.StartAsync();
        var before = int.Parse(await host.GetAsync("/do/process"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(before, host.Host.WorkerProcessId);

        for (var round = 0; round < 5; round++)
        {
            using var streaming = await host.Client.GetAsync("/do/stream", HttpCompletionOption.ResponseHeadersRead);
            var hanging = host.Client.GetAsync("/do/hang");
            // A second request on the way shows that the first is in the app's hands.
            var id = int.Parse(await host.GetAsync("/do/process"), System.Globalization.CultureInfo.InvariantCulture);
            using (var process = Process.GetProcessById(id)) process.Kill();

            Assert.Equal(HttpStatusCode.InternalServerError, (await hanging).StatusCode);
            await Assert.ThrowsAnyAsync<Exception>(() => streaming.Content.ReadAsStringAsync());
            Assert.NotEqual($"{id}", await host.GetAsync("/do/process"));
        }
    }

    [Fact]
    public async Task KilledItself_IsStartedAgain()
    {
        await using var host = await StubHost.StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/do/kill")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/page")).StatusCode);
    }

    [Fact]
    public async Task Exit3_AsOftenAsItLikes_IsStartedAgain()
    {
        await using var host = await StubHost.StartAsync();
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/do/exit/3")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/page")).StatusCode);
        }

        Assert.Contains("exit code 3", host.Log.Text);
    }

    [Fact]
    public async Task Exit0_Once_IsTheEnd()
    {
        await using var host = await StubHost.StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/do/exit/0")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/page")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/page")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsync("/Work", null)).StatusCode);
        Assert.False(host.Host.GaveUp.IsCompleted);
        Assert.Contains("never starts it again", host.Log.Text);
    }

    [Fact]
    public async Task RestartLimit_Reached_StopsTheHost()
    {
        await using var host = await StubHost.StartAsync(restartLimit: 3);
        for (var round = 0; round < 3; round++)
        {
            Assert.False(host.Host.GaveUp.IsCompleted);
            Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/do/exit/3")).StatusCode);
        }

        await host.Host.GaveUp.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/page")).StatusCode);
    }

    [Fact]
    public async Task RestartLimit_AfterAQuietHalfHour_CountsAnew()
    {
        var time = new FakeTimeProvider();
        await using var host = await StubHost.StartAsync(time: time, restartLimit: 3);
        await host.Client.GetAsync("/do/exit/3");
        await host.Client.GetAsync("/do/exit/3");
        await host.GetAsync("/page");
        time.Advance(TimeSpan.FromMinutes(31));

        await host.Client.GetAsync("/do/exit/3");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/page")).StatusCode);
        Assert.False(host.Host.GaveUp.IsCompleted);
    }

    [Fact]
    public async Task Start_OfAnAppThatEnds_SaysSo()
    {
        var fault = await Assert.ThrowsAsync<LocalHostException>(() => StubHost.StartAsync(new() { ["ExitAtStart"] = "4" }));
        Assert.Contains("did not become ready", fault.Message);
    }

    [Fact]
    public async Task Sample_Loaded_BeforeTheAppServes()
    {
        await using var host = await StubHost.StartAsync(loadSample: true);
        Assert.Equal("loaded", await File.ReadAllTextAsync(Path.Combine(host.Mailbox, "sample.txt")));
    }

    [Fact]
    public async Task Sample_ThatFails_IsShown()
    {
        var fault = await Assert.ThrowsAsync<LocalHostException>(() => StubHost.StartAsync(new() { ["SampleFails"] = "1" }, loadSample: true));
        Assert.Contains("ended with 7", fault.Message);
        Assert.Contains("the sample is broken", fault.Message);
    }

    [Fact]
    public async Task Disposal_OfTheHost_EndsTheApp()
    {
        int id;
        await using (var host = await StubHost.StartAsync())
        {
            id = host.Host.WorkerProcessId!.Value;
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }
}
