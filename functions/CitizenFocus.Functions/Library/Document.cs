using NodaTime;

namespace CitizenFocus.Functions.Library;

/// <summary>Something to read or to watch; with a file, or only announced.</summary>
internal sealed record Document
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>In a word: "Handbook".</summary>
    public required string Kind { get; init; }

    public string? Summary { get; init; }

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    public LocalDate? Published { get; init; }

    /// <summary>Where the day is not known.</summary>
    public int? Year { get; init; }

    public DocumentFile? File { get; init; }
}

/// <param name="BlobName">In the container <c>documents</c>.</param>
/// <param name="FileName">Under which the visitor keeps it.</param>
/// <param name="ContentType">A media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Language">BCP 47, where it is in one language.</param>
internal sealed record DocumentFile(string BlobName, string FileName, string ContentType, long Bytes, string? Language);
