using System.Globalization;
using Azure.Core;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>The headers that blobs and queues have in common, read and written.</summary>
internal static class StorageHeaders
{
    private const string MetadataPrefix = "x-ms-meta-";
    private const int MaximumMetadataBytes = 8 * 1024;

    public static string? GetString(this ResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? value : null;

    public static DateTimeOffset GetDate(this ResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? ParseDate(value) : default;

    public static long GetInt64(this ResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : 0;

    public static byte[]? GetBytes(this ResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? Convert.FromBase64String(value) : null;

    /// <summary>Names are read without regard to case: HTTP does not keep it.</summary>
    public static Dictionary<string, string> GetMetadata(this ResponseHeaders headers)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            if (header.Name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                metadata[header.Name[MetadataPrefix.Length..]] = header.Value;
            }
        }

        return metadata;
    }

    /// <inheritdoc cref="CheckMetadata"/>
    public static void SetMetadata(this RequestHeaders headers, IDictionary<string, string>? metadata)
    {
        CheckMetadata(metadata);
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            headers.SetValue(MetadataPrefix + name, value);
        }
    }

    /// <exception cref="Azure.RequestFailedException">400, EmptyMetadataKey, InvalidMetadata or MetadataTooLarge.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources</remarks>
    public static void CheckMetadata(IDictionary<string, string>? metadata)
    {
        var bytes = 0;
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            if (name.Length == 0)
            {
                throw StorageErrors.EmptyMetadataKey();
            }

            if (!IsIdentifier(name) || !IsPrintable(value))
            {
                throw StorageErrors.InvalidMetadata(name);
            }

            bytes += name.Length + value.Length;
        }

        if (bytes > MaximumMetadataBytes)
        {
            throw StorageErrors.MetadataTooLarge(bytes, MaximumMetadataBytes);
        }
    }

    public static void SetIfPresent(this RequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.SetValue(name, value);
        }
    }

    /// <summary>RFC 1123, which headers and the queue service's XML use.</summary>
    public static DateTimeOffset ParseDate(string value) =>
        DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>ISO 8601 in UTC to the second, which signatures and key requests use.</summary>
    public static string FormatIso8601(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static bool IsIdentifier(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static bool IsPrintable(string value) =>
        value.All(character => char.IsAscii(character) && (character == '\t' || !char.IsControl(character)));
}
