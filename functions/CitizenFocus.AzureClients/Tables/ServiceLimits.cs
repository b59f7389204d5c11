using System.Buffers;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Limits that the service enforces, and the emulator in part only. They are checked before a request is sent, and
/// fail as the service fails: with its status, error code and words.
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
/// </summary>
internal static class ServiceLimits
{
    /// <summary>Operations in a transaction.</summary>
    public const int MaxOperations = 100;

    /// <summary>Bytes of a request's body, of a transaction's too: 4 MiB.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of an entity as the service counts them, see <see cref="EntitySize"/>: 1 MiB.</summary>
    public const int MaxEntityBytes = 1024 * 1024;

    /// <summary>Bytes of a property's value, 64 KiB; a string counts two a character (UTF-16).</summary>
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>Bytes of a key, 1 KiB: 512 characters.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Properties beside the keys and the timestamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>Characters of a property's name.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Rows of a page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>The earliest instant of Edm.DateTime.</summary>
    public static readonly DateTimeOffset MinDateTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create(
        [.. @"/\#?", .. Range('\u0000', '\u001F'), .. Range('\u007F', '\u009F')]);

    public static void CheckKey(string name, string key)
    {
        if (key.AsSpan().ContainsAny(ForbiddenInKeys))
        {
            throw BadRequest("OutOfRangeInput", $"The '{name}' parameter has a character that keys cannot have: / \\ # ? and control characters.");
        }

        if (key.Length * sizeof(char) > MaxKeyBytes)
        {
            throw BadRequest("KeyValueTooLarge", $"The '{name}' is larger than the maximum size permitted (1 KiB, 512 characters).");
        }
    }

    public static void CheckPropertyName(string name)
    {
        if (name.Length > MaxNameLength)
        {
            throw BadRequest("PropertyNameTooLong", $"The property name exceeds the maximum allowed length ({MaxNameLength}).");
        }
    }

    public static void CheckValueSize(string name, int bytes)
    {
        if (bytes > MaxValueBytes)
        {
            throw BadRequest(
                "PropertyValueTooLarge",
                $"The value of the property '{name}' exceeds the maximum allowed size (64KB). If it is a string, it is UTF-16 encoded and the maximum number of characters should be 32K or less.");
        }
    }

    public static void CheckDateTime(string name, DateTimeOffset value)
    {
        if (value < MinDateTime)
        {
            throw BadRequest("OutOfRangeInput", $"The '{name}' parameter of value '{value:u}' is out of range: dates begin with the year 1601.");
        }
    }

    public static void CheckEntity(int properties, int bytes)
    {
        if (properties > MaxProperties)
        {
            throw BadRequest("TooManyProperties", $"The entity contains more properties than allowed ({MaxProperties} beside the keys and the timestamp).");
        }

        if (bytes > MaxEntityBytes)
        {
            throw BadRequest("EntityTooLarge", "The entity is larger than the maximum allowed size (1MB).");
        }
    }

    public static void CheckBody(int bytes)
    {
        if (bytes > MaxBodyBytes)
        {
            throw new RequestFailedException(
                413, "The request body is too large and exceeds the maximum permissible limit (4 MiB).", "RequestBodyTooLarge", null);
        }
    }

    public static void CheckPageSize(int? rows)
    {
        if (rows is < 1 or > MaxPageSize)
        {
            throw BadRequest("InvalidInput", $"One of the request inputs is not valid: a page has 1 to {MaxPageSize} rows.");
        }
    }

    /// <param name="index">The place of the operation that is about to be added, from 0.</param>
    /// <remarks>The service names the last operation that it takes, 99, as the one that failed.</remarks>
    public static void CheckOperationCount(int index)
    {
        if (index >= MaxOperations)
        {
            throw TableTransactionFailedException.At(
                MaxOperations - 1,
                BadRequest("InvalidInput", $"{MaxOperations - 1}:The batch request operation exceeds the maximum {MaxOperations} changes per change set."));
        }
    }

    public static void CheckPartition(int index, string first, string partitionKey)
    {
        if (!string.Equals(first, partitionKey, StringComparison.Ordinal))
        {
            throw TableTransactionFailedException.At(
                index,
                BadRequest("CommandsInBatchActOnDifferentPartitions", $"{index}:All commands in a batch must operate on same entity group."));
        }
    }

    public static RequestFailedException BadRequest(string code, string message) => new(400, message, code, null);

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(character => (char)character);
}
