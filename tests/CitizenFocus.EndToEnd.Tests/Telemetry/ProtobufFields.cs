using System.Text;
using Google.Protobuf;

namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>A protobuf message without its schema: what stands under each field's number.</summary>
internal sealed class ProtobufFields
{
    private readonly Dictionary<int, List<byte[]>> _bytes = [];
    private readonly Dictionary<int, List<ulong>> _numbers = [];

    public ProtobufFields(byte[] message)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    Add(_bytes, field, input.ReadBytes().ToByteArray());
                    break;
                case WireFormat.WireType.Varint:
                    Add(_numbers, field, input.ReadUInt64());
                    break;
                case WireFormat.WireType.Fixed64:
                    Add(_numbers, field, input.ReadFixed64());
                    break;
                case WireFormat.WireType.Fixed32:
                    Add(_numbers, field, input.ReadFixed32());
                    break;
                default:
                    throw new InvalidOperationException("OTLP has no groups.");
            }
        }
    }

    public IEnumerable<ProtobufFields> Messages(int field) => Bytes(field).Select(bytes => new ProtobufFields(bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).LastOrDefault() ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).LastOrDefault() ?? []);

    public ulong Number(int field) => _numbers.TryGetValue(field, out var numbers) ? numbers[^1] : 0;

    private IEnumerable<byte[]> Bytes(int field) => _bytes.TryGetValue(field, out var values) ? values : [];

    private static void Add<T>(Dictionary<int, List<T>> fields, int field, T value)
    {
        if (!fields.TryGetValue(field, out var values)) fields[field] = values = [];
        values.Add(value);
    }
}
