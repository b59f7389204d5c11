using System.Text.Json.Serialization;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Invitations;

internal sealed record ListTakenDocument(string List, string Url);

/// <summary>A list of people to invite, in JSON.</summary>
internal sealed record ListDocument
{
    public required string List { get; init; }

    public required ListProgress State { get; init; }

    /// <summary>How many rows it has; absent for those who asked by themselves.</summary>
    public int? Rows { get; init; }

    public required int Done { get; init; }

    public required ListCounts Counts { get; init; }

    /// <summary>A page of rows; absent where lists are listed.</summary>
    public IReadOnlyList<RowDocument>? Results { get; init; }

    /// <summary>The path of the list itself, where lists are listed.</summary>
    public string? Url { get; init; }

    /// <summary>The path of the page after; absent where there is none yet.</summary>
    public string? Next { get; init; }

    public static ListDocument Of(InvitationList list, Webinar webinar, Instant now) => new()
    {
        List = list.Id,
        State = StateOf(list, webinar, now),
        Rows = list.Rows,
        Done = list.Done,
        Counts = list.Counts,
    };

    private static ListProgress StateOf(InvitationList list, Webinar webinar, Instant now) => list switch
    {
        { State: not InvitationListState.Running, Rows: { } rows, Done: var done } when done < rows => ListProgress.Stopped,
        { State: not InvitationListState.Running } => ListProgress.Done,
        _ when webinar.Status is not (WebinarStatus.Draft or WebinarStatus.Published) || now >= webinar.EndInstant || !webinar.IsBeforeClosing(now) => ListProgress.Stopped,
        _ when !webinar.AcceptsRegistrations(now) => ListProgress.Waiting,
        _ => ListProgress.Running,
    };
}

/// <summary>The lists of a webinar, the oldest first.</summary>
internal sealed record ListsDocument(IReadOnlyList<ListDocument> Lists);

internal enum ListProgress
{
    /// <summary>For registration to open.</summary>
    Waiting,

    Running,

    Done,

    /// <summary>The webinar was cancelled or is over, or registration has closed: the rows that are left are not invited.</summary>
    Stopped,
}

/// <param name="Address">As it was written; of what a spreadsheet would take for a formula, with an apostrophe before it.</param>
internal sealed record RowDocument(int Line, string Address, RowOutcome Outcome, string? Reason)
{
    public static RowDocument Of(RowResult result) => new(result.Line, Harmless(result.Address), result.Outcome, result.Reason);

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListTakenDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(ListsDocument))]
internal sealed partial class InvitationJson : JsonSerializerContext;
