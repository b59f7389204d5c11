using System.Diagnostics.CodeAnalysis;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// A row: its keys and up to 252 properties by name. A value is a string, bool, int, long, finite double, DateTime in
/// UTC, DateTimeOffset, Guid, byte[] or BinaryData; null is not stored.
/// </summary>
/// <remarks>
/// What comes from the service has DateTimeOffset for both kinds of dates and byte[] for both kinds of bytes. Not for
/// use by several threads at once.
/// </remarks>
public sealed partial class TableEntity : ITableEntity, IDictionary<string, object?>
{
    internal const string PartitionKeyName = "PartitionKey";
    internal const string RowKeyName = "RowKey";
    internal const string TimestampName = "Timestamp";
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object?> _properties;

    /// <summary>An entity that has no keys yet.</summary>
    public TableEntity() => _properties = [];

    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <param name="values">Copied; may hold the keys.</param>
    public TableEntity(IDictionary<string, object?> values) => _properties = values is null ? [] : new(values);

    /// <summary>At most 512 characters, without / \ # ? and control characters.</summary>
    [AllowNull]
    public string PartitionKey
    {
        get => GetString(PartitionKeyName)!;
        set => _properties[PartitionKeyName] = value;
    }

    /// <summary>At most 512 characters, without / \ # ? and control characters.</summary>
    [AllowNull]
    public string RowKey
    {
        get => GetString(RowKeyName)!;
        set => _properties[RowKeyName] = value;
    }

    /// <summary>When the service last wrote the row; null on an entity that did not come from there. Never sent.</summary>
    public DateTimeOffset? Timestamp
    {
        get => (DateTimeOffset?)Get(TimestampName, typeof(DateTimeOffset?));
        set => _properties[TimestampName] = value;
    }

    /// <summary>The row's version; default on an entity that did not come from the service. Never sent by itself.</summary>
    public ETag ETag
    {
        get => GetString(ETagName) is { } value ? new ETag(value) : default;
        set => _properties[ETagName] = value.ToString();
    }

    /// <summary>Null where there is no such property or its value is null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public string? GetString(string key) => (string?)Get(key, typeof(string));

    /// <inheritdoc cref="GetString"/>
    public BinaryData? GetBinaryData(string key) =>
        Get(key) switch
        {
            byte[] bytes => new BinaryData(bytes),
            var value => (BinaryData?)Checked(value, typeof(BinaryData)),
        };

    /// <inheritdoc cref="GetString"/>
    [SuppressMessage("Performance", "CA1819", Justification = "The official SDK's signature.")]
    public byte[]? GetBinary(string key) => (byte[]?)Get(key, typeof(byte[]));

    /// <inheritdoc cref="GetString"/>
    public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool?));

    /// <summary>In UTC where the row came from the service. Null where there is no such property or its value is null.</summary>
    /// <exception cref="InvalidOperationException">The property is of another type.</exception>
    public DateTime? GetDateTime(string key) =>
        Get(key) switch
        {
            DateTimeOffset instant => instant.UtcDateTime,
            var value => (DateTime?)Checked(value, typeof(DateTime?)),
        };

    /// <inheritdoc cref="GetDateTime"/>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        Get(key) switch
        {
            DateTime instant => new DateTimeOffset(instant),
            var value => (DateTimeOffset?)Checked(value, typeof(DateTimeOffset?)),
        };

    /// <inheritdoc cref="GetString"/>
    public double? GetDouble(string key) => (double?)Get(key, typeof(double?));

    /// <inheritdoc cref="GetString"/>
    public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid?));

    /// <inheritdoc cref="GetString"/>
    public int? GetInt32(string key) => (int?)Get(key, typeof(int?));

    /// <inheritdoc cref="GetString"/>
    public long? GetInt64(string key) => (long?)Get(key, typeof(long?));

    /// <summary>All entries, to enumerate without an allocation.</summary>
    internal Dictionary<string, object?> Properties => _properties;

    /// <summary>Both keys, checked as the service would check them.</summary>
    /// <exception cref="ArgumentNullException">A key is missing.</exception>
    /// <exception cref="RequestFailedException">A key is too long or has a forbidden character.</exception>
    internal (string PartitionKey, string RowKey) CheckedKeys()
    {
        ArgumentNullException.ThrowIfNull(PartitionKey);
        ArgumentNullException.ThrowIfNull(RowKey);
        ServiceLimits.CheckKey(nameof(PartitionKey), PartitionKey);
        ServiceLimits.CheckKey(nameof(RowKey), RowKey);
        return (PartitionKey, RowKey);
    }

    /// <summary>As read from the service: without the rules of the indexer.</summary>
    internal void Set(string key, object? value) => _properties[key] = value;

    private object? Get(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _properties.GetValueOrDefault(key);
    }

    private object? Get(string key, Type type) => Checked(Get(key), type);

    private static object? Checked(object? value, Type type) =>
        value is null || type.IsInstanceOfType(value)
            ? value
            : throw new InvalidOperationException($"Cannot return {type} type for a {value.GetType()} typed property.");
}
