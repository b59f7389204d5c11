namespace CitizenFocus.EndToEnd.Tests.Telemetry;

/// <summary>A span as OTLP has it (opentelemetry/proto/trace/v1/trace.proto, whose field numbers stand here).</summary>
internal sealed record Span(string TraceId, string Id, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Attributes)
{
    public const int Server = 2;
    public const int Client = 3;
    public const int Producer = 4;
    public const int Consumer = 5;

    /// <summary>Those of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<Span> Read(byte[] request) =>
        from resourceSpans in new ProtobufFields(request).Messages(1)
        from scopeSpans in resourceSpans.Messages(2)
        from span in scopeSpans.Messages(2)
        select new Span(
            span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (int)span.Number(6),
            span.Messages(9).ToDictionary(attribute => attribute.Text(1), attribute => attribute.Messages(2).Select(value => value.Text(1)).First()));

    public override string ToString() => $"{Name} ({Kind})";
}
