extern alias OfficialBlobs;
extern alias OfficialQueues;
extern alias OfficialSendGrid;
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
        ["SendGrid"] = [typeof(OfficialSendGrid::SendGrid.SendGridClient).Assembly],
    };

    public static TheoryData<string> Sdks => [.. OwnSdk.All.Where(sdk => !sdk.IsListed).Select(sdk => sdk.Name)];

    /// <summary>So that code written for ours compiles against the official SDK, unchanged.</summary>
    [Theory]
    [MemberData(nameof(Sdks))]
    public void EachMember_OfOurs_IsInTheOfficialSdkWithTheSameSignature(string sdk)
    {
        var official = PublicSurface.Describe(Official[sdk].SelectMany(assembly => assembly.GetTypes()), space => space);

        Assert.Empty(OwnSdk.Of(sdk).MissingFrom(official));
    }
}
