using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>One row of a list: somebody to invite, or what is wrong with it.</summary>
internal sealed record ListRow
{
    private const int MaxNameLength = 200;

    // Escaped for JSON, each character may take six: the results of a step have to fit into a column.
    private const int MaxShownLength = 80;

    /// <summary>In what was uploaded, from 1; of a standing list the row's number.</summary>
    public required int Line { get; init; }

    /// <summary>What stood there for an address; of what is none its beginning.</summary>
    public required string Address { get; init; }

    /// <summary><see langword="null"/> where there is a <see cref="Fault"/>.</summary>
    public EmailAddress? Email { get; init; }

    public string Name { get; init; } = "";

    public string Language { get; init; } = "en";

    public string? Fault { get; init; }

    /// <summary>Leads to the row after, for a source that is not counted.</summary>
    public string Position { get; init; } = "";

    /// <summary>The request that this row answers: it goes when the row is decided.</summary>
    public string? RequestKey { get; init; }

    public static ListRow Read(int line, string? address, string? name, string? language)
    {
        var typed = SingleLine.Of(address ?? "");
        if (FaultOf(typed, out var email) is { } fault) return new() { Line = line, Address = Beginning(typed), Fault = fault };

        var code = language?.Trim().ToLowerInvariant();
        return new()
        {
            Line = line,
            Address = email.Value,
            Email = email,
            Name = NameOf(name),
            Language = code is not null && Choices.Has(Choices.Languages, code) ? code : "en",
        };
    }

    // A spreadsheet's formula is nobody's name, and the next spreadsheet would take it for one again.
    private static string NameOf(string? typed) =>
        TypedText.Clean(SingleLine.Of(typed ?? "")) is { } clean && clean[0] is not ('=' or '+' or '-' or '@') ? clean[..Math.Min(clean.Length, MaxNameLength)] : "";

    private static string? FaultOf(string typed, out EmailAddress email)
    {
        email = default;
        if (typed.Length == 0) return "There is no address.";
        if (typed[0] is '=' or '@') return "That is a formula, not an address.";
        return EmailAddress.TryParse(typed, out email) ? null : "That is no e-mail address.";
    }

    private static string Beginning(string text) => text.Length <= MaxShownLength ? text : text[..(MaxShownLength - 1)] + "…";
}
