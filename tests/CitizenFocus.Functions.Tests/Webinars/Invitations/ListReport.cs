namespace CitizenFocus.Functions.Tests.Webinars.Invitations;

/// <summary>What the API says of a list.</summary>
/// <param name="Counts">Those above 0.</param>
internal sealed record ListReport(string State, int Done, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<ListReport.Row> Rows)
{
    internal sealed record Row(int Line, string Address, string Outcome, string? Reason);
}
