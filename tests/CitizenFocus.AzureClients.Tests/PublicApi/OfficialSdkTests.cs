extern alias OfficialBlobs;
extern alias OfficialQueues;
extern alias OfficialTables;

using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.PublicApi;

public sealed class OfficialSdkTests
{
    private static readonly Assembly Common = typeof(global::Azure.Storage.StorageSharedKeyCredential).Assembly;
    private static readonly Assembly Blobs = typeof(OfficialBlobs::Azure.Storage.Blobs.BlobClient).Assembly;

    /// <summary>The official assemblies behind each of <see cref="OwnSdk.All"/>.</summary>
    private static readonly IReadOnlyDictionary<string, Assembly[]> Official = new Dictionary<string, Assembly[]>
    {
        ["Tables"] = [typeof(OfficialTables::Azure.Data.Tables.TableClient).Assembly],
        ["Storage"] = [Common],
        ["Queues"] = [typeof(OfficialQueues::Azure.Storage.Queues.QueueClient).Assembly],
        ["Blobs"] = [Blobs],
        ["Sas"] = [Common, Blobs],
    };

    public static TheoryData<string> Sdks => OwnSdk.Names;

    /// <summary>So that code written for ours compiles against the official SDK, unchanged.</summary>
    [Theory]
    [MemberData(nameof(Sdks))]
    public void EachMember_OfOurs_IsInTheOfficialSdkWithTheSameSignature(string sdk)
    {
        var official = PublicSurface.Describe(Official[sdk].SelectMany(assembly => assembly.GetTypes()), space => space);

        var onlyOurs = OwnSdk.Of(sdk).Surface().Except(official).Where(line => !IsTypeWithFewerInterfaces(line, official)).ToList();

        Assert.True(onlyOurs.Count == 0, $"Not in the official SDK:\n{string.Join('\n', onlyOurs)}");
    }

    /// <summary>An official type may have interfaces that ours has not, such as those of its own serializers.</summary>
    private static bool IsTypeWithFewerInterfaces(string line, IReadOnlyList<string> official)
    {
        var ours = line.Split(", ");
        return official.Any(other => other.Split(", ") is var theirs && ours[0] == theirs[0] && !ours.Except(theirs).Any())
            && ours[0].Contains(" is ", StringComparison.Ordinal);
    }
}
