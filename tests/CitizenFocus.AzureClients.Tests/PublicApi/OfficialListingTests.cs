namespace CitizenFocus.AzureClients.Tests.PublicApi;

/// <summary>As OfficialSdkTests, for packages that the registry lacks: their published listings stand in for them.</summary>
public sealed class OfficialListingTests
{
    public static TheoryData<string> Sdks => [.. OwnSdk.All.Where(sdk => sdk.IsListed).Select(sdk => sdk.Name)];

    [Theory]
    [MemberData(nameof(Sdks))]
    public void EachMember_OfOurs_IsInTheOfficialListingWithTheSameSignature(string sdk)
    {
        var listing = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{sdk}.official.txt")).Where(line => !line.StartsWith('#')).ToList();

        Assert.Empty(OwnSdk.Of(sdk).MissingFrom(listing));
    }
}
