namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// What a request to storage does, by the names that Azure's own logs give the operations
/// (https://learn.microsoft.com/rest/api/storageservices/storage-analytics-logged-operations-and-status-messages); and to which
/// table or queue. Keys, ids and names of blobs are not part of it.
/// </summary>
internal readonly record struct StorageOperation(string Name, string? Resource)
{
    public static StorageOperation OfTable(string method, string path)
    {
        var last = LastSegment(path);
        var keys = last.IndexOf('(', StringComparison.Ordinal);
        var table = keys < 0 ? last : last[..keys];
        if (table == "$batch") return new("EntityGroupTransaction", null);
        if (table == "Tables") return new(method switch { "POST" => "CreateTable", "DELETE" => "DeleteTable", _ => "QueryTables" }, null);
        return new(
            method switch
            {
                "GET" => keys >= 0 && last.Contains("RowKey", StringComparison.Ordinal) ? "QueryEntity" : "QueryEntities",
                "POST" => "InsertEntity",
                "PUT" => "UpdateEntity",
                "MERGE" or "PATCH" => "MergeEntity",
                "DELETE" => "DeleteEntity",
                _ => method,
            },
            table);
    }

    public static StorageOperation OfQueue(string method, string path, string query)
    {
        const string Messages = "/messages";
        var at = path.IndexOf(Messages, StringComparison.Ordinal);
        if (at < 0)
        {
            return new(
                method switch { "GET" or "HEAD" => "GetQueueMetadata", "PUT" => "CreateQueue", "DELETE" => "DeleteQueue", _ => method }, LastSegment(path));
        }

        return new(
            method switch
            {
                "POST" => "PutMessage",
                "GET" => query.Contains("peekonly=true", StringComparison.OrdinalIgnoreCase) ? "PeekMessages" : "GetMessages",
                "PUT" => "UpdateMessage",
                "DELETE" => path.Length > at + Messages.Length ? "DeleteMessage" : "ClearMessages",
                _ => method,
            },
            LastSegment(path[..at]));
    }

    public static StorageOperation OfBlob(string method, string query)
    {
        bool Has(string parameter) => query.Contains(parameter, StringComparison.OrdinalIgnoreCase);
        var onContainer = Has("restype=container");
        return new(
            (method, onContainer) switch
            {
                ("POST", _) when Has("comp=userdelegationkey") => "GetUserDelegationKey",
                ("GET", true) when Has("comp=list") => "ListBlobs",
                ("GET" or "HEAD", true) => "GetContainerProperties",
                ("PUT", true) => "CreateContainer",
                ("DELETE", true) => "DeleteContainer",
                ("GET", _) => "GetBlob",
                ("HEAD", _) => "GetBlobProperties",
                ("PUT", _) when Has("comp=blocklist") => "PutBlockList",
                ("PUT", _) when Has("comp=block") => "PutBlock",
                ("PUT", _) when Has("comp=") => "SetBlobProperties",
                ("PUT", _) => "PutBlob",
                ("DELETE", _) => "DeleteBlob",
                _ => method,
            },
            null);
    }

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];
}
