using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Reads feeds with a parser of npm's, which knows nothing of what writes them.</summary>
internal static class FeedParser
{
    public static async Task<ParsedFeed> ReadAsync(string feed) =>
        JsonSerializer.Deserialize(await NodeTools.Feed.RunAsync(feed, "parse.mjs"), ParsedFeedJson.Default.ParsedFeed)!;
}

internal sealed record ParsedFeed(string Format, string Title, string Self, string Url, DateTimeOffset? Updated, string[] Authors, ParsedFeedItem[] Items);

internal sealed record ParsedFeedItem(
    string Id, string Title, string Url, DateTimeOffset? Published, DateTimeOffset? Updated, string? Description, string? Content, string[] Authors, string[] Categories);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ParsedFeed))]
internal sealed partial class ParsedFeedJson : JsonSerializerContext;
