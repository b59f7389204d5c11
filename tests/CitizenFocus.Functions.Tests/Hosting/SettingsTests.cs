using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Hosting;

/// <summary>What the app reads, what the sample sets, what the README explains and what the Bicep deploys, held against each other: both ways.</summary>
public sealed partial class SettingsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    /// <summary>One a kind of e-mail: the sample and the deployment have none.</summary>
    private const string OfKinds = "Email__Kinds__";

    /// <summary>The Functions host's own, which the app does not read.</summary>
    private static readonly string[] OfTheHost = ["AzureWebJobsDisableHomepage"];

    /// <summary>What OpenTelemetry's exporter reads by itself.</summary>
    private static readonly string[] OfTheExporter = ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS"];

    /// <summary>For an account that is reached otherwise than by a connection string: empty ones would mislead the real Functions host.</summary>
    private const string OfIdentities = "AzureWebJobsStorage__";

    /// <summary>What a deployment leaves at its default unless <c>furtherSettings</c> says otherwise; each because that is right for most, or because it belongs to a laptop.</summary>
    private static readonly string[] LeftToFurtherSettings =
    [
        "AzureWebJobsStorage", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__namePrefix", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "Cache__PageSeconds", "Commitments__FeedUrls", "Commitments__ProposalsPerMinute", "CommunicationServices__ConnectionString",
        "Digest__Day", "Digest__SubscriptionsPerMinute", "Digest__SubscriptionsPerNetworkAndMinute", "Digest__Time", "Digest__TimeZone",
        "Email__MessageIdDomain", "Email__MessagesPerHour", "Email__MessagesPerMinute", "Email__OnlyToDomains", "Email__PickupDirectory", "Forms__MinimumSeconds",
        "OTEL_SDK_DISABLED", "OTEL_TRACES_SAMPLER_ARG", "SendGrid__MessagesPerHour", "SendGrid__MessagesPerMinute", "SendGrid__ReportDeadlineMinutes", "SendGrid__Tracking",
        "Site__SourceUrl", "Smtp__CertificateFile", "Smtp__Host", "Smtp__MessagesPerHour", "Smtp__MessagesPerMinute", "Smtp__Password", "Smtp__Port", "Smtp__Security", "Smtp__UserName",
        "Webinars__ConfirmationRequestsPerMinute", "Webinars__RegistrationsPerMinute", "Webinars__UndoMinutes",
    ];

    private IEnumerable<string> Read =>
        fixture.Site.Services.GetServices<ISettingsSection>().SelectMany(section => section.Names)
            .Concat(TelemetryOptions.Names).Concat(OfTheExporter).Where(name => !name.StartsWith(OfKinds, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    [Fact]
    public void Readme_AndWhatTheAppReads_NameTheSame() => AssertSame(
        Read,
        TableRow().Matches(File.ReadAllText(Repository.Path("README.md"))).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith(OfKinds, StringComparison.Ordinal)));

    [Fact]
    public void Sample_AndWhatTheAppReads_NameTheSame() => AssertSame(
        Read.Where(name => !name.StartsWith(OfIdentities, StringComparison.Ordinal)), Sample().Keys);

    [Fact]
    public void Sample_WhereItIsNotOfALaptop_SetsTheDefaults()
    {
        string[] ofALaptop = ["AzureWebJobsStorage", "Site__BaseUrl", "Keys__PersonId", "Keys__Signing", "Api__Token", "Email__From", "Email__PickupDirectory"];
        var required = Sample().Where(pair => ofALaptop.Contains(pair.Key)).ToDictionary();

        Assert.Equal(Described(required), Described(Sample()));
    }

    [Fact]
    public void Bicep_AndWhatTheAppReads_NameTheSame() => AssertSame(
        Read.Except(LeftToFurtherSettings), BicepSettings().Except(OfTheHost));

    [Fact]
    public void LeftToFurtherSettings_AreReadByTheApp() => Assert.Empty(LeftToFurtherSettings.Except(Read));

    /// <summary>The names in the objects that functionapp.bicep merges into the app settings.</summary>
    internal static IEnumerable<string> BicepSettings() =>
        SettingsObject().Matches(File.ReadAllText(Repository.Path("infra/modules/functionapp.bicep")))
            .SelectMany(match => BicepName().Matches(match.Value)).Select(match => match.Groups[1].Value);

    private static Dictionary<string, string> Sample() =>
        JsonNode.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")))!["Values"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);

    /// <summary>All options as an app with these settings has them, in text.</summary>
    private static IEnumerable<string> Described(Dictionary<string, string> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value)).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddCitizenFocus().BuildServiceProvider();
        var options = services.GetServices<ISettingsSection>().Select(section => section.GetType().GetProperty("Value")!.GetValue(section)!).Append(TelemetryOptions.Read(configuration));
        return [.. options.Select(Described)];
    }

    /// <summary>Property by property, since an option's own ToString keeps secrets.</summary>
    private static string Described(object? value) => value switch
    {
        null => "none",
        string or ValueType or Uri => value.ToString()!,
        System.Collections.IEnumerable many => string.Join(',', many.Cast<object?>().Select(Described)),
        _ => $"{value.GetType().Name}({string.Join(';', value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => $"{property.Name}={Described(property.GetValue(value))}"))})",
    };

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| (`[^|]*`) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"`([A-Za-z]+(?:__[A-Za-z]+)+|AzureWebJobsStorage|Email__Kinds__[^`]+|OTEL_\w+|APPLICATIONINSIGHTS_\w+)`")]
    private static partial Regex Name();

    // From `var settings = ` or `var …Settings = ` to the closing brace of the object at the same depth.
    [GeneratedRegex(@"^var (?:settings|\w+Settings) = .*?^(?:\}|  : \{\}|    \})", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SettingsObject();

    [GeneratedRegex(@"^ +'?([A-Za-z]\w*(?:__\w+)?)'?: ", RegexOptions.Multiline)]
    private static partial Regex BicepName();
}
