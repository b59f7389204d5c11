using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class SettingsTests
{
    private const string RealStorage = "DefaultEndpointsProtocol=https;AccountName=cities;AccountKey=a2V5;EndpointSuffix=core.windows.net";
    private const string Emulator = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1";

    private static readonly string SampleKey = Convert.ToBase64String("local-development-only-not-a-secret"u8);

    [Fact]
    public async Task Start_FaultsInSeveralSections_AllToldWithVariableAndRemedy()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => WebHost.StartAsync(configure: builder => builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Keys:PersonId"] = "hunter2",
                ["Keys:Signing"] = "hunter3",
                ["Site:BaseUrl"] = "http://example.org/webinars",
                ["Forms:MinimumSeconds"] = "soon",
                ["Cache:PageSeconds"] = "61",
                ["Api:Token"] = "hunter4",
            })));

        foreach (var variable in new[] { "Keys__PersonId", "Keys__Signing", "Site__BaseUrl", "Forms__MinimumSeconds", "Cache__PageSeconds", "Api__Token" })
        {
            Assert.Contains(variable, exception.Message, StringComparison.Ordinal);
        }

        Assert.Contains("openssl rand -base64 32", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SoundKeys_NoFault() => Assert.True(Validate(a.KeyRing("k1", "k2"), RealStorage).Succeeded);

    [Theory]
    [InlineData("", "missing")]
    [InlineData("k1:", "0 bytes")]
    [InlineData("k1:not base64", "not base64")]
    [InlineData("k1:AAAA", "3 bytes")]
    [InlineData("AAAA", "needs an id")]
    [InlineData("this-id-is-too-long:AAAA", "needs an id")]
    [InlineData("k1:AAAA,k1:AAAA", "share an id")]
    public void Validate_BadRing_FaultTold(string ring, string fault) =>
        Assert.Contains(Validate(a.KeyRing() with { Signing = ring }, RealStorage).Failures!, failure => failure.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData(RealStorage, false)]
    [InlineData(null, false)]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData("UseDevelopmentStorage=true;", true)]
    [InlineData(Emulator, true)]
    public void Validate_KeysOfTheSample_OnlyOnTheEmulator(string? storage, bool accepted)
    {
        var result = Validate(new KeyOptions { PersonId = SampleKey, Signing = $"k1:{SampleKey}" }, storage);

        Assert.Equal(accepted, result.Succeeded);
        if (!accepted) Assert.Equal(2, result.Failures!.Count());
    }

    [Theory]
    [InlineData("https://webinars.example.org", RealStorage, true)]
    [InlineData("http://webinars.example.org", RealStorage, false)]
    [InlineData("https://webinars.example.org/base", RealStorage, false)]
    [InlineData("ftp://webinars.example.org", RealStorage, false)]
    [InlineData("http://localhost:7071", Emulator, true)]
    [InlineData("http://localhost:7071", RealStorage, false)]
    public void Validate_BaseUrl_HttpsAndNoPathAndNoLocalhostInProduction(string url, string storage, bool accepted) =>
        Assert.Equal(accepted, new SiteOptionsValidator(Storage(storage)).Validate(null, new SiteOptions { BaseUrl = new(url) }).Succeeded);

    [Theory]
    [InlineData(null, true)]
    [InlineData("short", false)]
    [InlineData("local-development-only-token-for-everybody", false)]
    [InlineData("0123456789abcdef0123456789abcdef with spaces", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789a=", true)]
    public void Validate_ApiToken_LongAndCarriable(string? token, bool accepted) =>
        Assert.Equal(accepted, new ApiOptionsValidator(Storage(RealStorage)).Validate(null, new ApiOptions { Token = token }).Succeeded);

    [Fact]
    public void ToString_Secrets_NotWritten()
    {
        var keys = a.KeyRing("k1");

        Assert.Equal("KeyOptions ApiOptions k1", $"{keys} {new ApiOptions { Token = "secret" }} {keys.SigningKeys()[0]}");
    }

    private static ValidateOptionsResult Validate(KeyOptions keys, string? storage) => new KeyOptionsValidator(Storage(storage)).Validate(null, keys);

    private static IConfiguration Storage(string? storage) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage }).Build();
}
