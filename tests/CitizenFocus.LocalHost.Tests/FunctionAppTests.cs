using CitizenFocus.LocalHost.Functions;
using CitizenFocus.LocalHost.Tests.Support;

namespace CitizenFocus.LocalHost.Tests;

public sealed class FunctionAppTests : IDisposable
{
    private const string MinimalHost = """
        { "customHandler": { "description": { "defaultExecutablePath": "app" }, "enableProxyingHttpRequest": true } }
        """;

    private static readonly Dictionary<string, string> Settings = new(StringComparer.OrdinalIgnoreCase) { ["Emails"] = "emails-queue" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-");

    public FunctionAppTests() => Write("app", "");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_TheStub_ReadsAllItDeclares()
    {
        var app = FunctionApp.Load(StubHost.AppFolder, new Dictionary<string, string> { ["WorkQueue"] = "w", ["TickSchedule"] = "0 * * * * *" });

        Assert.Equal(["AddPart", "Api", "Locked", "Numbered", "Site", "Tick", "Work"], app.Functions.Select(function => function.Name));
        Assert.Equal("", app.Host.Extensions.Http.RoutePrefix);
        Assert.Equal(TimeSpan.FromSeconds(20), app.Host.Limit);
        Assert.Equal(new QueuesExtension { BatchSize = 4, NewBatchThreshold = 2, MaxPollingInterval = TimeSpan.FromMilliseconds(200), MaxDequeueCount = 3 }, app.Host.Extensions.Queues);
        Assert.Equal(AuthorizationLevel.Function, Assert.Single(app.Functions.OfType<HttpFunction>(), function => function.Name == "Locked").AuthLevel);
    }

    [Fact]
    public void Load_AMinimalHostJson_HasTheHostsDefaults()
    {
        Write("host.json", MinimalHost);
        var host = FunctionApp.Load(_folder.FullName, Settings).Host;

        Assert.Equal("api", host.Extensions.Http.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), host.Limit);
        Assert.Equal(16, host.Extensions.Queues.BatchSize);
        Assert.Equal(8 * Environment.ProcessorCount, host.Extensions.Queues.Threshold);
        Assert.Equal(TimeSpan.FromMinutes(1), host.Extensions.Queues.MaxPollingInterval);
        Assert.Equal(5, host.Extensions.Queues.MaxDequeueCount);
        Assert.Equal(QueueEncoding.Base64, host.Extensions.Queues.MessageEncoding);
    }

    [Fact]
    public void Load_SettingsAboveHostJson_AreTakenInAnyCase()
    {
        Write("host.json", """
            { "functionTimeout": "00:10:00", "extensions": { "queues": { "visibilityTimeout": "00:00:30", "batchSize": 16, "maxDequeueCount": 4 } },
              "customHandler": { "description": { "defaultExecutablePath": "app" } } }
            """);
        var host = FunctionApp.Load(_folder.FullName, new Dictionary<string, string>
        {
            ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:01",
            ["AZUREFUNCTIONSJOBHOST__EXTENSIONS__QUEUES__BATCHSIZE"] = "8",
            ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "v1",
            ["AzureFunctionsJobHost__functionTimeout"] = "-1",
            ["AzureFunctionsJobHost__customHandler__enableProxyingHttpRequest"] = "true",
        }).Host;

        Assert.Equal((TimeSpan.FromSeconds(1), 8, 4), (host.Extensions.Queues.VisibilityTimeout, host.Extensions.Queues.BatchSize, host.Extensions.Queues.MaxDequeueCount));
        Assert.Equal("v1", host.Extensions.Http.RoutePrefix);
        Assert.Equal(Timeout.InfiniteTimeSpan, host.Limit);
    }

    [Fact]
    public void Load_ABrokenSettingAboveHostJson_IsNamed()
    {
        Write("host.json", MinimalHost);
        var settings = new Dictionary<string, string> { ["AzureFunctionsJobHost__extensions__queues__batchSize"] = "many" };

        Assert.Contains("AzureFunctionsJobHost__extensions__queues__batchSize", Assert.Throws<LocalHostException>(() => FunctionApp.Load(_folder.FullName, settings)).Message);
    }

    [Fact]
    public void Load_AnExecutable_TakesItAndItsFolder()
    {
        Write("host.json", MinimalHost);
        Write("other", "");
        var app = FunctionApp.Load(Path.Combine(_folder.FullName, "other"), Settings);

        Assert.Equal(Path.Combine(_folder.FullName, "other"), app.Executable);
        Assert.Equal(_folder.FullName, app.Root);
    }

    [Fact]
    public void Load_SettingsInPercents_AreResolved()
    {
        Write("host.json", MinimalHost);
        Write("SendEmail/function.json", """{ "bindings": [ { "type": "queueTrigger", "direction": "in", "name": "m", "queueName": "%Emails%" } ] }""");
        var queue = Assert.IsType<QueueFunction>(Assert.Single(FunctionApp.Load(_folder.FullName, Settings).Functions));

        Assert.Equal(("emails-queue", "AzureWebJobsStorage"), (queue.QueueName, queue.Connection));
    }

    [Theory]
    [InlineData(""" "disabled": true, """, false)]
    [InlineData("", true)]
    public void Load_ADisabledFunction_LeavesItOut(string property, bool bySetting)
    {
        Write("host.json", MinimalHost);
        Write("Sweep/function.json", $$"""{ {{property}} "bindings": [ { "type": "timerTrigger", "direction": "in", "name": "t", "schedule": "0 * * * * *" } ] }""");
        var settings = new Dictionary<string, string>();
        if (bySetting) settings["AzureWebJobs.Sweep.Disabled"] = "true";

        Assert.Empty(FunctionApp.Load(_folder.FullName, settings).Functions);
    }

    [Theory]
    [InlineData("""{ "bindings": [] }""", "one trigger")]
    [InlineData("""{ "bindings": [ { "type": "httpTrigger", "name": "req" } ] }""", "one http output")]
    [InlineData("""{ "bindings": [ { "type": "blobTrigger", "name": "b" } ] }""", "blobTrigger")]
    [InlineData("""{ "bindings": [ { "type": "timerTrigger", "name": "t" } ] }""", "schedule")]
    [InlineData("""{ "bindings": [ { "type": "queueTrigger", "name": "m", "queueName": "%Missing%" } ] }""", "%Missing%")]
    [InlineData("""{ "bindings": [ { "type": "queueTrigger" """, "function.json")]
    public void Load_ABrokenFunction_NamesItAndTheFault(string json, string fault)
    {
        Write("host.json", MinimalHost);
        Write("Odd/function.json", json);
        var message = Assert.Throws<LocalHostException>(() => FunctionApp.Load(_folder.FullName, Settings)).Message;

        Assert.Contains("Odd/function.json", message);
        Assert.Contains(fault, message);
    }

    [Theory]
    [InlineData("{}", "enableProxyingHttpRequest")]
    [InlineData("""{ "customHandler": { "description": { "defaultExecutablePath": "gone" }, "enableProxyingHttpRequest": true } }""", "gone")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": 33 } } }""", "batchSize")]
    [InlineData("""{ "functionTimeout": "soon" }""", "functionTimeout")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "rot13" } } }""", "host.json")]
    public void Load_ABrokenHostJson_NamesTheFault(string json, string fault)
    {
        Write("host.json", json);
        Assert.Contains(fault, Assert.Throws<LocalHostException>(() => FunctionApp.Load(_folder.FullName, Settings)).Message);
    }

    [Fact]
    public void Load_NoHostJson_SaysWhereItWasSought() =>
        Assert.Contains("host.json was not found", Assert.Throws<LocalHostException>(() => FunctionApp.Load(_folder.FullName, Settings)).Message);

    private void Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
