using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>The table Commitments, and what other features, pages and actions may ask of it.</summary>
internal sealed class CommitmentService(Hosting.Storage storage, Pages pages)
{
    public const string TableName = "Commitments";
    private const int SchemaVersion = 1;
    private const char Separator = '\n';
    private readonly Timeline _timeline = new(storage, TableName);

    /// <param name="after">Where the page before ended.</param>
    public async Task<(IReadOnlyList<Commitment> Commitments, string? Next)> ListAsync(string? after, int count, CancellationToken cancellationToken)
    {
        var page = await _timeline.ListAsync(after, count, cancellationToken);
        return ([.. page.Items.Select(FromEntity)], page.Next);
    }

    public async Task<Commitment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await _timeline.FindAsync(id, cancellationToken) is { } entity ? FromEntity(entity) : null;

    public async Task PutAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, object>
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Title"] = commitment.Title,
            ["Summary"] = commitment.Summary,
            ["Text"] = commitment.Text,
            ["SubmittedAt"] = commitment.SubmittedAt,
            ["Topics"] = string.Join(Separator, commitment.Topics),
        };
        if (commitment.Author is { } author) columns["Author"] = author;
        await _timeline.PutAsync(commitment.Id, commitment.SubmittedAt, columns, cancellationToken);
        pages.Invalidate();
    }

    private static Commitment FromEntity(TableEntity entity) => new()
    {
        Id = Timeline.IdOf(entity),
        Title = entity.Required("Title"),
        Summary = entity.GetString("Summary") ?? "",
        Text = entity.GetString("Text") ?? "",
        Author = entity.GetString("Author"),
        SubmittedAt = entity.GetDateTimeOffset("SubmittedAt") ?? default,
        Topics = (entity.GetString("Topics") ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries),
    };
}
