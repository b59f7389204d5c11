using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Hosting;

/// <summary>What the Bicep makes and listens for, held against what the app needs and says: both ways.</summary>
public sealed partial class DeploymentTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Poison = "-poison";

    private static readonly string StorageModule = File.ReadAllText(Repository.Path("infra/modules/storage.bicep"));

    /// <summary>Those of the deployment and of Event Grid; no feature looks into them.</summary>
    private static readonly string[] OtherContainers = ["app-package", "dead-letters"];

    private IEnumerable<StorageResource> Resources => fixture.Site.Services.GetServices<StorageResource>();

    [Fact]
    public void Tables_OfTheBicep_AreThoseOfTheApp() => AssertSame(Resources.OfType<StorageResource.Table>().Select(table => table.Name), NamesOf("tables"));

    /// <summary>The poison queue of each is the Bicep's to add.</summary>
    [Fact]
    public void Queues_OfTheBicep_AreThoseOfTheApp() => AssertSame(
        Resources.OfType<StorageResource.Queue>().Select(queue => queue.Name).Where(name => !name.EndsWith(Poison, StringComparison.Ordinal)), NamesOf("queues"));

    [Fact]
    public void Containers_OfTheBicep_AreThoseOfTheApp() => AssertSame(
        Resources.OfType<StorageResource.Container>().Select(container => container.Name).Concat(OtherContainers), NamesOf("containers"));

    [Fact]
    public void AlwaysReadyFunctions_AreThere()
    {
        var functions = FunctionGroup().Matches(File.ReadAllText(Repository.Path("infra/modules/functionapp.bicep"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(functions);
        Assert.All(functions, name => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, name, "function.json")), name));
    }

    [Fact]
    public void Troubles_OfTheLog_AreThoseThatAlertsListenFor() => AssertSame(Troubles(), Codes().Matches(File.ReadAllText(Repository.Path("infra/modules/alerts.bicep"))).Select(match => match.Groups[1].Value));

    [Fact]
    public void Troubles_OfTheLog_HaveALineEachInTheRunbook()
    {
        var runbook = File.ReadAllText(Repository.Path("docs/operations.md"));

        Assert.All(Troubles(), code => Assert.Contains($"`{code}`", runbook, StringComparison.Ordinal));
    }

    [Fact]
    public void Heartbeat_IsWhatAlertsMiss() =>
        Assert.Contains(Trouble.WatchDone.Trim(), File.ReadAllText(Repository.Path("infra/modules/alerts.bicep")), StringComparison.Ordinal);

    /// <summary>The workbook shows measurements by their names.</summary>
    [Fact]
    public void Metrics_OfTheWorkbook_AreMeasured()
    {
        var shown = Metric().Matches(File.ReadAllText(Repository.Path("infra/workbook.json"))).Select(match => match.Value).Distinct().ToList();
        var sources = string.Join('\n', Directory.EnumerateFiles(Repository.Path("functions/CitizenFocus.Functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.NotEmpty(shown);
        Assert.All(shown, name => Assert.Contains($"\"{name}\"", sources, StringComparison.Ordinal));
    }

    /// <summary>The host samples what it forwards: an alarm that is left out is none.</summary>
    [Fact]
    public void HostJson_SamplesNoLogLines()
    {
        var sampling = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!["logging"]!["applicationInsights"]!["samplingSettings"]!;

        Assert.Contains("Trace", ((string)sampling["excludedTypes"]!).Split(';'));
    }

    private static IEnumerable<string> Troubles() =>
        typeof(Trouble).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .Where(words => words.StartsWith(" trouble=", StringComparison.Ordinal)).Select(words => words[" trouble=".Length..]);

    private static IEnumerable<string> NamesOf(string variable)
    {
        var list = Regex.Match(StorageModule, $@"^var {variable} = \[\n(.*?)^\]", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(list.Success, variable);
        return Quoted().Matches(list.Groups[1].Value).Select(match => match.Groups[1].Value);
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("'function:([A-Za-z]+)'")]
    private static partial Regex FunctionGroup();

    [GeneratedRegex(@"\bcode: '([a-z-]+)'")]
    private static partial Regex Codes();

    [GeneratedRegex(@"\b(?:citizenfocus|azure\.storage\.client)\.[a-z_.]*[a-z]\b")]
    private static partial Regex Metric();
}
