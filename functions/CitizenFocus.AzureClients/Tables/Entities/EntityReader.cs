using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Entities from the JSON of an answer at <c>odata=minimalmetadata</c>: the least that tells Int64, DateTime, Guid and
/// Binary from a string, each by an annotation that stands right before the property.
/// https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations
/// </summary>
/// <remarks>The rows of a page share the strings of their property names and of their partition key.</remarks>
internal sealed class EntityReader
{
    private readonly List<string> _names = [];
    private string _partitionKey = "";

    private enum Type
    {
        Inferred,
        Binary,
        DateTime,
        Double,
        Guid,
        Int64,
    }

    public static TableEntity ReadEntity(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        return new EntityReader().ReadEntity(ref json);
    }

    /// <summary>The rows of a page: the array <c>value</c>.</summary>
    public static List<TableEntity> ReadPage(ReadOnlySpan<byte> utf8)
    {
        var entities = new List<TableEntity>();
        var reader = new EntityReader();
        var json = new Utf8JsonReader(utf8);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = json.ValueTextEquals("value"u8);
            json.Read();
            if (!isRows)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                entities.Add(reader.ReadEntity(ref json));
            }
        }

        return entities;
    }

    private TableEntity ReadEntity(ref Utf8JsonReader json)
    {
        var entity = new TableEntity();
        var type = Type.Inferred;
        var position = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueSpan.EndsWith(EdmType.AnnotationUtf8))
            {
                json.Read();
                type = ReadType(ref json);
                continue;
            }

            var name = ReadName(ref json, position++);
            json.Read();
            if (name == TableEntity.TimestampName)
            {
                // Always a DateTime, and so without an annotation.
                entity.Set(name, json.GetDateTimeOffset());
            }
            else if (name == TableEntity.PartitionKeyName)
            {
                entity.Set(name, ReadPartitionKey(ref json));
            }
            else if (name == TableEntity.ETagName || !name.StartsWith("odata.", StringComparison.Ordinal))
            {
                entity.Set(name, ReadValue(ref json, type));
            }

            type = Type.Inferred;
        }

        return entity;
    }

    private static Type ReadType(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals(EdmType.Int64))
        {
            return Type.Int64;
        }

        if (json.ValueTextEquals(EdmType.DateTime))
        {
            return Type.DateTime;
        }

        if (json.ValueTextEquals(EdmType.Guid))
        {
            return Type.Guid;
        }

        if (json.ValueTextEquals(EdmType.Binary))
        {
            return Type.Binary;
        }

        if (json.ValueTextEquals(EdmType.Double))
        {
            return Type.Double;
        }

        return json.ValueTextEquals(EdmType.String) || json.ValueTextEquals(EdmType.Int32) || json.ValueTextEquals(EdmType.Boolean)
            ? Type.Inferred
            : throw new NotSupportedException($"The service answered with a property of the unknown type {json.GetString()}.");
    }

    private string ReadName(ref Utf8JsonReader json, int position)
    {
        if (position == _names.Count)
        {
            _names.Add(json.GetString()!);
        }
        else if (!json.ValueTextEquals(_names[position]))
        {
            _names[position] = json.GetString()!;
        }

        return _names[position];
    }

    private string ReadPartitionKey(ref Utf8JsonReader json) =>
        json.ValueTextEquals(_partitionKey) ? _partitionKey : _partitionKey = json.GetString()!;

    private static object? ReadValue(ref Utf8JsonReader json, Type type) => (type, json.TokenType) switch
    {
        (_, JsonTokenType.Null) => null,
        (Type.Int64, _) => ReadInt64(ref json),
        (Type.DateTime, _) => json.GetDateTimeOffset(),
        (Type.Guid, _) => json.GetGuid(),
        (Type.Binary, _) => json.GetBytesFromBase64(),

        // NaN and the infinities are strings.
        (Type.Double, JsonTokenType.String) => double.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (Type.Double, _) => json.GetDouble(),
        (_, JsonTokenType.String) => json.GetString(),
        (_, JsonTokenType.True) => true,
        (_, JsonTokenType.False) => false,

        // A whole double comes as 1.0, which is no Int32.
        (_, JsonTokenType.Number) => json.TryGetInt32(out var number) ? (object)number : json.GetDouble(),
        _ => throw new NotSupportedException($"The service answered with a property that is a JSON {json.TokenType}."),
    };

    private static long ReadInt64(ref Utf8JsonReader json) =>
        Utf8Parser.TryParse(json.ValueSpan, out long number, out var consumed) && consumed == json.ValueSpan.Length
            ? number
            : throw new FormatException("The service answered with an Edm.Int64 that is no whole number.");
}
