using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Tests.Hosting.Telemetry;

/// <summary>What measurements say of a call: never a key, an id or a blob's name.</summary>
public sealed class StorageOperationTests
{
    [Theory]
    [InlineData("GET", "/Webinars()", "QueryEntities", "Webinars")]
    [InlineData("GET", "/devstoreaccount1/Deliveries(PartitionKey='abc',RowKey='confirmation%7Cx')", "QueryEntity", "Deliveries")]
    [InlineData("POST", "/Quotas", "InsertEntity", "Quotas")]
    [InlineData("PUT", "/Quotas(PartitionKey='a',RowKey='b')", "UpdateEntity", "Quotas")]
    [InlineData("MERGE", "/Quotas(PartitionKey='a',RowKey='b')", "MergeEntity", "Quotas")]
    [InlineData("DELETE", "/Quotas(PartitionKey='a',RowKey='b')", "DeleteEntity", "Quotas")]
    [InlineData("POST", "/devstoreaccount1/$batch", "EntityGroupTransaction", null)]
    [InlineData("POST", "/Tables", "CreateTable", null)]
    public void Table_OfARequest_IsNamed(string method, string path, string operation, string? table) =>
        Assert.Equal(new StorageOperation(operation, table), StorageOperation.OfTable(method, path));

    [Theory]
    [InlineData("POST", "/emails/messages", "", "PutMessage", "emails")]
    [InlineData("GET", "/devstoreaccount1/emails/messages", "?peekonly=true", "PeekMessages", "emails")]
    [InlineData("GET", "/emails/messages", "?numofmessages=16", "GetMessages", "emails")]
    [InlineData("DELETE", "/emails/messages/0a1b", "?popreceipt=x", "DeleteMessage", "emails")]
    [InlineData("GET", "/emails", "?comp=metadata", "GetQueueMetadata", "emails")]
    public void Queue_OfARequest_IsNamed(string method, string path, string query, string operation, string queue) =>
        Assert.Equal(new StorageOperation(operation, queue), StorageOperation.OfQueue(method, path, query));

    [Theory]
    [InlineData("GET", "", "GetBlob")]
    [InlineData("HEAD", "", "GetBlobProperties")]
    [InlineData("PUT", "?comp=block&blockid=x", "PutBlock")]
    [InlineData("PUT", "?comp=blocklist", "PutBlockList")]
    [InlineData("PUT", "", "PutBlob")]
    [InlineData("GET", "?restype=container&comp=list", "ListBlobs")]
    [InlineData("POST", "?restype=service&comp=userdelegationkey", "GetUserDelegationKey")]
    public void Blob_OfARequest_IsNamed(string method, string query, string operation) =>
        Assert.Equal(new StorageOperation(operation, null), StorageOperation.OfBlob(method, query));
}
