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
}
