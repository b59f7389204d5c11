using CitizenFocus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.AzureClients.Tests.Blobs;

public sealed class BlobClientTests(BlobFixture fixture) : IClassFixture<BlobFixture>
{
    private static readonly ETag OtherETag = new("\"0x8D0000000000000\"");

    [Fact]
    public async Task Blob_Uploaded_HasItsHeadersAndMetadata()
    {
        var blob = fixture.UniqueBlob();
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders
            {
                ContentType = "application/pdf",
                ContentDisposition = "attachment; filename=\"handbook.pdf\"",
                CacheControl = "max-age=3600",
                ContentLanguage = "en",
            },
            Metadata = new Dictionary<string, string> { ["Title"] = "The handbook", ["a_b"] = "1", ["a1"] = "2" },
        };

        var uploaded = (await blob.UploadAsync(BinaryData.FromString("hello"), options)).Value;
        var properties = (await blob.GetPropertiesAsync()).Value;

        Assert.Equal(uploaded.ETag, properties.ETag);
        Assert.Equal(uploaded.LastModified, properties.LastModified);
        Assert.Equal(5, properties.ContentLength);
        Assert.Equal("application/pdf", properties.ContentType);
        Assert.Equal("attachment; filename=\"handbook.pdf\"", properties.ContentDisposition);
        Assert.Equal("max-age=3600", properties.CacheControl);
        Assert.Equal("en", properties.ContentLanguage);
        Assert.Equal("The handbook", properties.Metadata["title"]);
        Assert.Equal(System.Security.Cryptography.MD5.HashData("hello"u8), properties.ContentHash);
        Assert.Equal(BlobType.Block, properties.BlobType);
    }

    [Theory]
    [InlineData("a b/ü+&=.txt")]
    [InlineData("x?y#z%41/(1)'!*~@:,;$")]
    [InlineData("a//b\\c")]
    public async Task Blob_WithAStrangeName_IsFoundByItAndByItsAddress(string name)
    {
        var blob = fixture.Container.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString("x"), overwrite: true);

        Assert.True((await blob.ExistsAsync()).Value);
        var byAddress = new BlobClient(blob.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1)));
        Assert.Equal((name, fixture.Container.Name), (byAddress.Name, byAddress.BlobContainerName));
        Assert.Equal("x", (await byAddress.DownloadContentAsync()).Value.Content.ToString());
        Assert.Contains(name.Replace('\\', '/'), await NamesAsync(fixture.Container.GetBlobsAsync()));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../other/secret")]
    [InlineData("a/../../other/secret")]
    [InlineData("a/./b")]
    public void Blob_WithANameThatClimbs_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => fixture.Container.GetBlobClient(name));

    [Fact]
    public async Task Upload_WithoutOverwrite_IsRefusedWhereThereIsABlob()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("first"));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("second")));
        Assert.Equal((409, "BlobAlreadyExists"), (refused.Status, refused.ErrorCode));
        Assert.Equal("first", (await blob.DownloadContentAsync()).Value.Content.ToString());

        await blob.UploadAsync(BinaryData.FromString("second"), overwrite: true);
        Assert.Equal("second", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Upload_UnderAnETagThatIsNoLonger_IsRefused()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfMatch = OtherETag } };

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("y"), options));

        Assert.Equal((412, "ConditionNotMet"), (refused.Status, refused.ErrorCode));
    }

    [Theory]
    [InlineData("", "x", "EmptyMetadataKey")]
    [InlineData("a-b", "x", "InvalidMetadata")]
    [InlineData("1a", "x", "InvalidMetadata")]
    [InlineData("a", "ü", "InvalidMetadata")]
    [InlineData("a", "x\r\ny: z", "InvalidMetadata")]
    public async Task Upload_WithForbiddenMetadata_IsRefusedUnsent(string name, string value, string errorCode)
    {
        var options = new BlobUploadOptions { Metadata = new Dictionary<string, string> { [name] = value } };

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => fixture.UniqueBlob().UploadAsync(BinaryData.FromString("x"), options));

        Assert.Equal((400, errorCode), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Metadata_Set_ReplacesAll()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));
        await blob.SetMetadataAsync(new Dictionary<string, string> { ["one"] = "1" });

        var info = await blob.SetMetadataAsync(new Dictionary<string, string> { ["two"] = "2" });

        var properties = (await blob.GetPropertiesAsync()).Value;
        Assert.Equal(["two"], properties.Metadata.Keys);
        Assert.Equal(info.Value.ETag, properties.ETag);
    }

    [Fact]
    public async Task Download_OfAnyRange_IsThatSliceOfTheBytes()
    {
        var bytes = new byte[5_000];
        Random.Shared.NextBytes(bytes);
        var blob = await fixture.UploadedBlobAsync(new BinaryData(bytes));
        var ranges = from offset in Gen.Choose(0, bytes.Length - 1)
                     from length in Gen.Choose(1, bytes.Length * 2)
                     select (offset, length);

        Prop.ForAll(ranges.ToArbitrary(), async range =>
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(range.offset, range.length) };
            var result = (await blob.DownloadContentAsync(options)).Value;
            var expected = bytes.Skip(range.offset).Take(range.length).ToArray();
            Assert.Equal(expected, result.Content.ToArray());
            Assert.Equal(expected.Length, result.Details.ContentLength);
            Assert.Equal($"bytes {range.offset}-{range.offset + expected.Length - 1}/{bytes.Length}", result.Details.ContentRange);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public async Task Download_FromAnOffset_IsTheRest()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("hello world"));

        var rest = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(6) });

        Assert.Equal("world", rest.Value.Content.ToString());
    }

    [Fact]
    public async Task Download_OfAnEmptyBlob_IsEmpty()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString(""));

        using var result = (await blob.DownloadStreamingAsync()).Value;

        Assert.Equal(0, result.Details.ContentLength);
        Assert.Equal(-1, result.Content.ReadByte());
    }

    [Fact]
    public async Task Download_OfWhatTheCallerHas_IsNotModified()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));
        var conditions = new BlobRequestConditions { IfNoneMatch = (await blob.GetPropertiesAsync()).Value.ETag };

        var response = await blob.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = conditions });

        Assert.False(response.HasValue);
        Assert.Equal(304, response.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => response.Value);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.GetPropertiesAsync(conditions));
        Assert.Equal((304, "ConditionNotMet"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Download_OfAnotherETag_IsRefused()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = OtherETag } };

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadStreamingAsync(options));

        Assert.Equal((412, "ConditionNotMet"), (refused.Status, refused.ErrorCode));
        Assert.Contains("condition", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_FromBehindTheEnd_IsRefused()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = new HttpRange(2) }));

        Assert.Equal((416, "InvalidRange"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Blob_Missing_IsNotFound()
    {
        var blob = fixture.UniqueBlob();

        Assert.False((await blob.ExistsAsync()).Value);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
        foreach (var operation in new Func<Task>[] { () => blob.GetPropertiesAsync(), () => blob.DownloadStreamingAsync(), () => blob.DeleteAsync() })
        {
            var refused = await Assert.ThrowsAsync<RequestFailedException>(operation);
            Assert.Equal((404, "BlobNotFound"), (refused.Status, refused.ErrorCode));
        }
    }

    [Fact]
    public async Task Blob_InAMissingContainer_IsNotThere()
    {
        var blob = new BlobClient(await AzuriteFixture.ConnectionStringAsync(), AzuriteFixture.UniqueName("missing"), "x");

        Assert.False((await blob.ExistsAsync()).Value);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
    }

    [Fact]
    public async Task Blob_DeletedUnderItsETag_IsGone()
    {
        var blob = await fixture.UploadedBlobAsync(BinaryData.FromString("x"));
        var etag = (await blob.GetPropertiesAsync()).Value.ETag;

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = OtherETag }));
        Assert.Equal(412, refused.Status);

        Assert.True((await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = etag })).Value);
        Assert.False((await blob.ExistsAsync()).Value);
    }

    private static async Task<List<string>> NamesAsync(AsyncPageable<BlobItem> blobs)
    {
        var names = new List<string>();
        await foreach (var blob in blobs)
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
