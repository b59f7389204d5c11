using System.Net;
using System.Net.Sockets;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Azurite;
using CitizenFocus.LocalHost.Http;
using CitizenFocus.LocalHost.Tests.Support;
using CitizenFocus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitizenFocus.LocalHost.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Parse_EveryOption_IsTaken() =>
        Assert.Equal(
            new CommandLine { Port = 8080, Data = "d", Fresh = true, Settings = "s.json", App = "out", LoadSample = false, RestartLimit = 3, OwnAzurite = false, Listen = IPAddress.Any, BaseUrl = new("https://cities.example"), Proxy = IPAddress.Parse("10.0.0.4") },
            CommandLine.Parse(
            [
                "--port", "8080", "--data=d", "--fresh", "--settings", "s.json", "--app", "out", "--no-sample", "--restart-limit=3",
                "--no-azurite", "--listen", "0.0.0.0", "--base-url", "https://cities.example", "--proxy=10.0.0.4",
            ]));

    [Theory]
    [InlineData("--prot", "--help lists them")]
    [InlineData("--port", "needs a value")]
    [InlineData("--port=0", "1 to 65535")]
    [InlineData("--port=70000", "1 to 65535")]
    [InlineData("--restart-limit=-1", "a number from 1")]
    [InlineData("--listen=everywhere", "an IP address such as 10.0.0.4")]
    [InlineData("--proxy=front", "an IP address such as 10.0.0.4")]
    [InlineData("--base-url=cities.example", "a URL without a path")]
    [InlineData("--base-url=https://cities.example/site", "a URL without a path")]
    public void Parse_Nonsense_SaysWhatIsWrong(string argument, string fault) =>
        Assert.Contains(fault, Assert.Throws<LocalHostException>(() => CommandLine.Parse([argument])).Message);

    [Fact]
    public void Settings_OfAFile_MayHoldCommentsNumbersAndBooleans()
    {
        var file = Write("local.settings.json", """
            {
              // As Core Tools writes it
              "IsEncrypted": false,
              "Values": { "A": "text", "B": 7, "C": true, }
            }
            """);
        var settings = LocalSettings.Load(file);

        Assert.Equal(("text", "7", "True"), (settings["a"], settings["B"], settings["C"]));
    }

    [Fact]
    public void Settings_Encrypted_SayWhatToDo() =>
        Assert.Contains("func settings decrypt", Assert.Throws<LocalHostException>(
            () => LocalSettings.Load(Write("s.json", """{ "IsEncrypted": true, "Values": {} }"""))).Message);

    [Fact]
    public void Settings_WhereNoneIsNamed_AreThoseOfThisMachineThenTheSample()
    {
        Assert.Null(LocalSettings.Find(_folder.FullName, null));
        var sample = Write("local.settings.sample.json", "{}");
        Assert.Equal(sample, LocalSettings.Find(_folder.FullName, null));
        var own = Write("local.settings.json", "{}");
        Assert.Equal(own, LocalSettings.Find(_folder.FullName, null));
        Assert.Equal(Path.GetFullPath("other.json"), LocalSettings.Find(_folder.FullName, "other.json"));
    }

    [Fact]
    public void DataFolder_InUse_IsRefused()
    {
        using var first = DataFolder.Open(_folder.FullName, fresh: false);
        Assert.Contains("--data", Assert.Throws<LocalHostException>(() => DataFolder.Open(_folder.FullName, fresh: false)).Message);
    }

    [Fact]
    public void DataFolder_Fresh_ForgetsOnlyWhatLocalHostKept()
    {
        Write("azurite/db.json", "x");
        Write("mailbox/1.eml", "x");
        Write("timers.json", "{}");
        Write("holiday.jpg", "x");
        DataFolder.Open(_folder.FullName, fresh: true).Dispose();

        Assert.Equal(["holiday.jpg"], _folder.EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public async Task Run_OnAPortInUse_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var fault = await Assert.ThrowsAsync<LocalHostException>(
            () => LocalRun.RunAsync(new CommandLine { Port = port }, NullLoggerFactory.Instance, TextWriter.Null, CancellationToken.None));
        Assert.Equal($"Port {port} is in use: stop what listens there, or start LocalHost with --port and another number.", fault.Message);
    }

    [Fact]
    public async Task Run_WithoutAzuriteAndWithoutStorage_SaysWhatIsMissing()
    {
        var settings = Write("settings.json", """{ "IsEncrypted": false, "Values": {} }""");
        var options = new CommandLine { Port = LoopbackPort.Free(), App = StubHost.AppFolder, Data = Path.Combine(_folder.FullName, "data"), Settings = settings, OwnAzurite = false };
        var fault = await Assert.ThrowsAsync<LocalHostException>(() => LocalRun.RunAsync(options, NullLoggerFactory.Instance, TextWriter.Null, CancellationToken.None));

        Assert.Contains("AzureWebJobsStorage", fault.Message);
    }

    [Fact]
    public async Task Run_WithABuiltApp_ServesItUntilItIsStopped()
    {
        // On a fresh clone npm may take longer than a start may.
        await AzuriteInstallation.OfRepository().EnsureInstalledAsync(CancellationToken.None);
        var settings = Write("settings.json", """
            { "IsEncrypted": false, "Values": { "WorkQueue": "work", "TickSchedule": "0 0 0 1 1 *", "Api__Token": "a-token" } }
            """);
        var options = new CommandLine { Port = LoopbackPort.Free(), App = StubHost.AppFolder, Data = Path.Combine(_folder.FullName, "data"), Settings = settings };
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        var run = LocalRun.RunAsync(options, NullLoggerFactory.Instance, TextWriter.Synchronized(output), stop.Token);
        await Eventually.Async(() => Task.FromResult(run.IsCompleted || output.ToString().Contains("Ctrl-C")), done => done);

        Assert.Contains($"http://localhost:{options.Port}/_local/mailbox", output.ToString());
        Assert.Contains("a-token", output.ToString());
        Assert.Contains("Function key", output.ToString());
        using (var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{options.Port}") })
        {
            Assert.StartsWith("GET /page\n", await client.GetStringAsync("/page"));
        }

        Assert.True(File.Exists(Path.Combine(options.Data, "mailbox", "sample.txt")));
        await stop.CancelAsync();
        Assert.Equal(0, await run);
        Assert.False(LoopbackPort.IsTaken(options.Port));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
