using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Email.Senders.CommunicationServices;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Configuration;

namespace CitizenFocus.Functions.Tests.Email.Senders.CommunicationServices;

public sealed class CommunicationServicesOptionsTests
{
    private const string Secret = "c2VjcmV0LW9mLXRoZS10ZXN0cw==";
    private const string ConnectionString = $"endpoint=https://focus.communication.azure.com/;accesskey={Secret}";

    [Theory]
    [InlineData("ConnectionString", ConnectionString)]
    [InlineData("ConnectionString", $"AccessKey={Secret};Endpoint=http://127.0.0.1:1/")]
    [InlineData("Endpoint", "https://focus.communication.azure.com")]
    public void Options_WithOneWay_AreTakenWithTheServicesDefaultRates(string name, string value)
    {
        var (options, faults) = Read("smtp, acs", (name, value));

        Assert.Empty(faults);
        Assert.Equal(new SendingRate(30, 100), options.Rate);
        Assert.NotNull(options.CreateClient(new()));
    }

    [Fact]
    public void Options_WithAnIdentityAndRates_AreRead()
    {
        var (options, faults) = Read("acs", ("Endpoint", "https://focus.communication.azure.com"), ("ManagedIdentityClientId", "id"), ("MessagesPerMinute", "5"), ("MessagesPerHour", "0"));

        Assert.Empty(faults);
        Assert.Equal((new SendingRate(5, null), "id"), (options.Rate, options.ManagedIdentityClientId));
        Assert.NotNull(options.CreateClient(new()));
    }

    [Theory]
    [InlineData("Set CommunicationServices__ConnectionString")]
    [InlineData("no connection string", "ConnectionString", Secret)]
    [InlineData("no connection string", "ConnectionString", $"accesskey={Secret}")]
    [InlineData("no connection string", "ConnectionString", "endpoint=https://focus.communication.azure.com/;accesskey=not base64")]
    [InlineData("no connection string", "ConnectionString", $"endpoint=http://focus.communication.azure.com/;accesskey={Secret}")]
    [InlineData("both set", "ConnectionString", ConnectionString, "Endpoint", "https://focus.communication.azure.com")]
    [InlineData("has no use", "ConnectionString", ConnectionString, "ManagedIdentityClientId", "id")]
    [InlineData("must begin with https", "Endpoint", "http://focus.communication.azure.com")]
    [InlineData("not an absolute URL", "Endpoint", "focus", "ConnectionString", ConnectionString)]
    public void Options_Wrong_AreRefusedWithTheRemedy(string remedy, params string[] settings)
    {
        var (_, faults) = Read("acs", [.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var fault = Assert.Single(faults);
        Assert.Contains(remedy, fault, StringComparison.Ordinal);
        Assert.Contains("CommunicationServices__", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfAProviderThatIsNotUsed_AreNotAskedFor() => Assert.Empty(Read("pickup").Faults);

    [Fact]
    public void Options_InALog_DoNotShowTheKey() =>
        Assert.DoesNotContain(Secret, Read("acs", ("ConnectionString", ConnectionString)).Options.ToString(), StringComparison.Ordinal);

    private static (CommunicationServicesOptions Options, IReadOnlyList<string> Faults) Read(string providers, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create("CommunicationServices:" + value.Key, (string?)value.Value)).Append(new("Email:Providers", providers)))
            .Build();
        var settings = new Settings(configuration, CommunicationServicesOptions.Section);
        var options = CommunicationServicesOptions.Read(settings);
        var result = new CommunicationServicesOptionsValidator(configuration).Validate(null, options);
        return (options, [.. settings.Faults, .. result.Failures ?? []]);
    }
}
