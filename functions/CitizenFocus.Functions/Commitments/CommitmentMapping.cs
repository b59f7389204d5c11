using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

/// <summary>A commitment as columns, and back.</summary>
internal static class CommitmentMapping
{
    public const string PublishedList = "t";

    private const int SchemaVersion = 1;
    private const char Separator = '\n';

    /// <summary>The person's own: never in a list.</summary>
    private static readonly string[] Unlisted = ["Person", "Email", "ConsentVersion", "Language"];

    /// <summary>The list that commitments of a status stand in.</summary>
    public static string ListOf(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Proposed => "p",
        CommitmentStatus.Published => PublishedList,
        CommitmentStatus.Declined => "d",
        CommitmentStatus.Withdrawn => "w",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static TimelineItem ToItem(Commitment commitment)
    {
        var columns = new Dictionary<string, object>
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = commitment.Title,
            ["Summary"] = commitment.Summary,
            ["Text"] = commitment.Text,
            ["Topics"] = string.Join(Separator, commitment.Topics),
            ["Links"] = string.Join(Separator, commitment.Links.Select(link => link.AbsoluteUri)),
            ["Status"] = commitment.Status.ToString(),
            ["SubmittedAt"] = commitment.SubmittedAt,
        };
        Set("Organisation", commitment.Organisation);
        Set("City", commitment.City);
        Set("Country", commitment.Country);
        Set("Author", commitment.Author);
        Set("PublishedAt", commitment.PublishedAt);
        Set("ChangedAt", commitment.ChangedAt);
        Set("DeclineReason", commitment.DeclineReason);
        Set("Source", commitment.Source);
        Set("Person", commitment.Proposer?.Person.Value);
        Set("Email", commitment.Proposer?.Email.Value);
        Set("ConsentVersion", commitment.Proposer?.ConsentVersion);
        Set("Language", commitment.Proposer?.Language);
        return new()
        {
            Id = commitment.Id,
            List = ListOf(commitment.Status),
            Time = commitment.PublishedAt ?? commitment.SubmittedAt,
            Columns = columns,
            Unlisted = Unlisted,
        };

        void Set(string column, object? value)
        {
            if (value is not null) columns[column] = value;
        }
    }

    public static Commitment FromEntity(TableEntity entity) => new()
    {
        Id = Timeline.IdOf(entity),
        Title = entity.Required("Title"),
        Summary = entity.GetString("Summary") ?? "",
        Text = entity.GetString("Text") ?? "",
        Organisation = entity.GetString("Organisation"),
        City = entity.GetString("City"),
        Country = entity.GetString("Country"),
        Topics = Lines(entity, "Topics"),
        Links = [.. Lines(entity, "Links").Select(link => new Uri(link))],
        Author = entity.GetString("Author"),
        Status = Enum.Parse<CommitmentStatus>(entity.Required("Status")),
        SubmittedAt = entity.GetDateTimeOffset("SubmittedAt") ?? default,
        PublishedAt = entity.GetDateTimeOffset("PublishedAt"),
        ChangedAt = entity.GetDateTimeOffset("ChangedAt"),
        DeclineReason = entity.GetString("DeclineReason"),
        Source = entity.GetString("Source"),
        Proposer = entity.GetString("Email") is { } email
            ? new() { Person = PersonId.Parse(entity.Required("Person")), Email = EmailAddress.Parse(email), ConsentVersion = entity.GetString("ConsentVersion") ?? "", Language = entity.GetString("Language") ?? "en" }
            : null,
    };

    private static string[] Lines(TableEntity entity, string column) => (entity.GetString(column) ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
