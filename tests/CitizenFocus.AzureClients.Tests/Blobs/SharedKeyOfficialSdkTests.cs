extern alias OfficialBlobs;

using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using OfficialClient = OfficialBlobs::Azure.Storage.Blobs.BlobClient;
using OfficialOptions = OfficialBlobs::Azure.Storage.Blobs.BlobClientOptions;
using OfficialSharedKey = Azure.Storage.StorageSharedKeyCredential;
using OfficialUploadOptions = OfficialBlobs::Azure.Storage.Blobs.Models.BlobUploadOptions;

namespace CitizenFocus.AzureClients.Tests.Blobs;

/// <summary>Azurite is not the service: the official client's own signatures are a second opinion.</summary>
public sealed class SharedKeyOfficialSdkTests
{
    private static readonly string Key = Convert.ToBase64String("0123456789abcdef"u8);

    /// <summary>Names at whose order the service's collation and ASCII differ.</summary>
    private static readonly Dictionary<string, string> Metadata = new()
    {
        ["a_b"] = "1",
        ["ab"] = "2",
        ["a1"] = "3",
        ["A__1"] = "4",
        ["_a"] = "5",
        ["a"] = "6",
        ["Zz"] = "7",
    };

    [Theory]
    [InlineData("https://acct.blob.core.windows.net/cont/a%20b/%C3%BC.txt")]
    [InlineData("http://127.0.0.1:10000/acct/cont/x?snapshot=2026-01-02T03%3A04%3A05.0000000Z")]
    public async Task Signature_OfTheOfficialClientsRequests_IsTheOneWeMake(string address)
    {
        var service = new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.Created));
        var options = new OfficialOptions { Transport = new HttpClientTransport(service) };
        var client = new OfficialClient(new Uri(address), new OfficialSharedKey("acct", Key), options);

        await client.UploadAsync(new BinaryData("hello"), new OfficialUploadOptions { Metadata = Metadata });

        var asked = Assert.Single(service.Requests);
        Assert.Equal(asked.Header("Authorization"), $"SharedKey acct:{SignatureOf(asked)}");
    }

    private static string SignatureOf(StubHandler.Asked asked)
    {
        var credential = new StorageSharedKeyCredential("acct", Key);
        var request = HttpPipelineBuilder.Build(new BlobClientOptions()).CreateRequest();
        request.Method = RequestMethod.Parse(asked.Method.Method);
        request.Uri.Reset(asked.Uri);
        request.Content = RequestContent.Create(new BinaryData(asked.Body));
        foreach (var (name, values) in asked.Headers.Concat(asked.ContentHeaders))
        {
            request.Headers.SetValue(name, string.Join(',', values));
        }

        return credential.ComputeHMACSHA256(new StorageSharedKeyPolicy(credential).StringToSign(request));
    }
}
