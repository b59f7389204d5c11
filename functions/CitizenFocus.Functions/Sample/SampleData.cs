using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Sample;

/// <summary>The file citizen-focus.json, as far as it is loaded.</summary>
internal sealed record SampleData
{
    public required IReadOnlyList<SampleDocument> Documents { get; init; }

    public required IReadOnlyList<SampleEvent> Events { get; init; }

    public required IReadOnlyList<SampleVideo> Videos { get; init; }

    public required IReadOnlyList<SampleCommitment> Commitments { get; init; }

    public required IReadOnlyList<SampleNewsItem> News { get; init; }
}

internal sealed record SampleDocument(string Id, string Title, int? Year, DateOnly? Published, string Kind, string? Note);

internal sealed record SampleEvent(string Slug, string Title, string Kind, DateOnly Date, string? Place, bool Recording);

internal sealed record SampleVideo(string Title, DateOnly? Date);

internal sealed record SampleCommitment(string Id, string Title, string? Author, DateTime Submitted, string Summary, IReadOnlyList<string> Topics);

internal sealed record SampleNewsItem(string Id, string Title, string? Author, DateTime Published, string Summary);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleData))]
internal sealed partial class SampleJson : JsonSerializerContext;
