namespace CitizenFocus.Functions.Email.Previews;

/// <summary>What the page of one e-mail shows.</summary>
public sealed record EmailPreviewModel
{
    public required string When { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    /// <summary>The header fields, decoded.</summary>
    public required IReadOnlyList<(string Name, string Value)> Fields { get; init; }

    public required IReadOnlyList<string> Attachments { get; init; }

    public required string ListPath { get; init; }

    public required string HtmlPath { get; init; }

    /// <summary>BCP 47: what it is written in.</summary>
    public required string Language { get; init; }

    /// <summary>Those that it can be seen in, each with its name in English and its page.</summary>
    public required IReadOnlyList<(string Tag, string Name, string Path)> Languages { get; init; }
}
