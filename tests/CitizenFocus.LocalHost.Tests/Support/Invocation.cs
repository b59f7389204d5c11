using System.Text.Json.Nodes;

namespace CitizenFocus.LocalHost.Tests.Support;

/// <summary>A timer's or a queue's POST as the app got it.</summary>
public sealed record Invocation(string RequestLine, IReadOnlyList<string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonNode Data => Json["Data"]!;

    public JsonNode Metadata => Json["Metadata"]!;

    /// <summary>Reads the stub's dump, in which lines are parted by U+2028.</summary>
    public static Invocation Parse(string dump)
    {
        var lines = dump.Split('\u2028');
        return new(lines[0], lines[1..^2], lines[^1]);
    }
}
