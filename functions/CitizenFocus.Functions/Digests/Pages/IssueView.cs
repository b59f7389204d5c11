using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Digests;

/// <summary>An issue as pages show it.</summary>
public sealed record IssueView
{
    private static readonly LocalDatePattern MonthPattern = LocalDatePattern.CreateWithInvariantCulture("MMMM uuuu");

    /// <summary>Stands in its address.</summary>
    public required string Name { get; init; }

    /// <summary><c>Week 48 of 2026</c>, or <c>November 2026</c>.</summary>
    public required string Title { get; init; }

    public required LocalDate MadeOn { get; init; }

    /// <summary>What it held when it was made.</summary>
    public required int Count { get; init; }

    public string Opening { get; init; } = "";

    public string CountText => Count == 1 ? "1 commitment" : string.Create(CultureInfo.InvariantCulture, $"{Count} commitments");

    internal static IssueView Of(DigestIssue issue) => new()
    {
        Name = issue.Name,
        Title = TitleOf(issue.Name),
        MadeOn = LocalDate.FromDateTime(issue.MadeAt.UtcDateTime),
        Count = issue.UpTo - issue.After,
        Opening = issue.Opening,
    };

    private static string TitleOf(string name)
    {
        var parts = name.Split('-');
        var number = parts.Length > 2 ? $" ({parts[2]})" : "";
        var year = int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        var isWeek = parts[1].StartsWith('W');
        var count = int.Parse(parts[1].AsSpan(isWeek ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture);
        return (isWeek ? string.Create(CultureInfo.InvariantCulture, $"Week {count} of {year}") : MonthPattern.Format(new(year, count, 1))) + number;
    }
}
