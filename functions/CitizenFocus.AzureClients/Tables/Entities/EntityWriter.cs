using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// An entity as the JSON of a request, checked against the service's limits on the way.
/// https://learn.microsoft.com/rest/api/storageservices/inserting-and-updating-entities
/// </summary>
internal static class EntityWriter
{
    /// <summary>Only what JSON itself demands is escaped: nothing of a body ever stands in HTML.</summary>
    public static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <exception cref="NotSupportedException">A property's value is of a type that a table cannot hold.</exception>
    /// <exception cref="RequestFailedException">The service would refuse the entity; see <see cref="ServiceLimits"/>.</exception>
    public static void Write(Utf8JsonWriter json, TableEntity entity)
    {
        var (partitionKey, rowKey) = entity.CheckedKeys();
        var size = new EntitySize(partitionKey, rowKey);

        json.WriteStartObject();
        json.WriteString("PartitionKey"u8, partitionKey);
        json.WriteString("RowKey"u8, rowKey);
        foreach (var (name, value) in entity.Properties)
        {
            // The service keeps timestamp and ETag itself, and stores no property that is null.
            if (value is null || name is "PartitionKey" or "RowKey" or TableEntity.TimestampName or TableEntity.ETagName)
            {
                continue;
            }

            ServiceLimits.CheckPropertyName(name);
            size.Add(name, WriteProperty(json, name, value));
        }

        json.WriteEndObject();
        ServiceLimits.CheckEntity(size.Properties, size.Bytes);
    }

    /// <returns>The bytes that the service counts for the value.</returns>
    private static int WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                ServiceLimits.CheckValueSize(name, sizeof(char) * text.Length);
                json.WriteString(name, text);
                return (sizeof(char) * text.Length) + 4;
            case int number:
                json.WriteNumber(name, number);
                return sizeof(int);
            case bool truth:
                json.WriteBoolean(name, truth);
                return sizeof(bool);
            case long number:
                WriteInt64(json, name, number);
                return sizeof(long);
            case double number:
                WriteType(json, name, EdmType.Double);
                json.WriteNumber(name, number);
                return sizeof(double);
            case DateTimeOffset instant:
                return WriteDateTime(json, name, instant);
            case DateTime { Kind: DateTimeKind.Utc } instant:
                return WriteDateTime(json, name, new DateTimeOffset(instant));
            case DateTime instant:
                throw new NotSupportedException(
                    $"The property '{name}' is a DateTime of kind {instant.Kind}: only of a UTC one it is certain which instant it is.");
            case Guid id:
                WriteType(json, name, EdmType.Guid);
                json.WriteString(name, id);
                return 16;
            case byte[] bytes:
                return WriteBinary(json, name, bytes);
            case BinaryData bytes:
                return WriteBinary(json, name, bytes.ToMemory().Span);
            default:
                throw new NotSupportedException(
                    $"The property '{name}' is a {value.GetType()}, which a table cannot hold: use string, bool, int, long, double, DateTime, DateTimeOffset, Guid, byte[] or BinaryData.");
        }
    }

    /// <summary>As a string: JSON's numbers are doubles to many a reader.</summary>
    private static void WriteInt64(Utf8JsonWriter json, string name, long number)
    {
        WriteType(json, name, EdmType.Int64);
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }

    private static int WriteDateTime(Utf8JsonWriter json, string name, DateTimeOffset instant)
    {
        ServiceLimits.CheckDateTime(name, instant);
        WriteType(json, name, EdmType.DateTime);
        Span<byte> iso = stackalloc byte[28];
        Utf8Formatter.TryFormat(instant.UtcDateTime, iso, out var length, 'O');
        json.WriteString(name, iso[..length]);
        return sizeof(long);
    }

    private static int WriteBinary(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        ServiceLimits.CheckValueSize(name, bytes.Length);
        WriteType(json, name, EdmType.Binary);
        json.WriteBase64String(name, bytes);
        return bytes.Length + 4;
    }

    private static void WriteType(Utf8JsonWriter json, string name, ReadOnlySpan<byte> type)
    {
        Span<char> annotation = stackalloc char[ServiceLimits.MaxNameLength + EdmType.Annotation.Length];
        name.CopyTo(annotation);
        EdmType.Annotation.CopyTo(annotation[name.Length..]);
        json.WriteString(annotation[..(name.Length + EdmType.Annotation.Length)], type);
    }
}
