using CitizenFocus.Functions.Web.Components;
using NodaTime;

namespace CitizenFocus.Functions.Library;

/// <summary>A document as pages show it.</summary>
public sealed record DocumentView
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What it is, in a word that a heading can begin with: "Handbook".</summary>
    public required string Kind { get; init; }

    /// <summary>One or two sentences of plain text.</summary>
    public string? Summary { get; init; }

    /// <summary>Markdown.</summary>
    public string Text { get; init; } = "";

    /// <summary>The day, where it is known; else the year alone.</summary>
    public LocalDate? Published { get; init; }

    public int? Year { get; init; }

    /// <summary><see langword="null"/> where there is no file to be had yet.</summary>
    public DocumentFileView? File { get; init; }

    internal static DocumentView Of(Document document) => new()
    {
        Id = document.Id,
        Title = document.Title,
        Kind = document.Kind,
        Summary = document.Summary,
        Text = document.Text,
        Published = document.Published,
        Year = document.Year,
        File = document.File is { } file ? new(Path.GetExtension(file.FileName).TrimStart('.').ToUpperInvariant(), file.Bytes, Choices.LanguageName(file.Language)) : null,
    };
}

/// <param name="Format">As people call it: "PDF".</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Language">The language's own name.</param>
public sealed record DocumentFileView(string Format, long Bytes, string? Language = null);
