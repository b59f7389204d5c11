using CitizenFocus.EndToEnd.Tests.Pages;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The sample webinar's partition of the table Registrations, as DESIGN.md lays it out.</summary>
internal sealed class StoredRegistrations
{
    private readonly List<TableEntity> _rows;

    private StoredRegistrations(List<TableEntity> rows) => _rows = rows;

    public static async Task<StoredRegistrations> ReadAsync(string storage)
    {
        var rows = new List<TableEntity>();
        var table = new TableServiceClient(storage).GetTableClient("Registrations");
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {WebinarPage.Slug}"))) rows.Add(row);
        return new(rows);
    }

    /// <summary>Address and status of every registration.</summary>
    public IReadOnlyDictionary<string, string> StatusByAddress => OfKind("r|").ToDictionary(row => row.GetString("Email")!, row => row.GetString("Status")!);

    /// <summary>Requests that are not decided yet.</summary>
    public int Undecided => OfKind("q|").Count();

    /// <summary>E-mails that are due and not yet on their queue.</summary>
    public int Outgoing => OfKind("o|").Count();

    /// <summary>Places in the line.</summary>
    public int Line => OfKind("w|").Count();

    /// <summary>What the webinar's own row counts.</summary>
    public (int? Confirmed, int? Waiting) Counted => _rows.Where(row => row.RowKey == "s").Select(row => (row.GetInt32("Confirmed"), row.GetInt32("Waiting"))).Single();

    private IEnumerable<TableEntity> OfKind(string prefix) => _rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));
}
