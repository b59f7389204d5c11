extern alias OfficialTables;

using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.PublicApi;

public sealed class OfficialSdkTests
{
    /// <summary>The official assembly behind each of <see cref="OwnSdk.All"/>.</summary>
    private static readonly IReadOnlyDictionary<string, Assembly> Official = new Dictionary<string, Assembly>
    {
        ["Tables"] = typeof(OfficialTables::Azure.Data.Tables.TableClient).Assembly,
    };

    public static TheoryData<string> Sdks => OwnSdk.Names;

    /// <summary>So that code written for ours compiles against the official SDK, unchanged.</summary>
    [Theory]
    [MemberData(nameof(Sdks))]
    public void EachMember_OfOurs_IsInTheOfficialSdkWithTheSameSignature(string sdk)
    {
        var official = PublicSurface.Describe(Official[sdk].GetTypes(), space => space);

        var onlyOurs = OwnSdk.Of(sdk).Surface().Except(official).ToList();

        Assert.True(onlyOurs.Count == 0, $"Not in the official SDK:\n{string.Join('\n', onlyOurs)}");
    }
}
