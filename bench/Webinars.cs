using System.Globalization;

namespace CitizenFocus.Bench;

/// <summary>Copies of the sample's upcoming webinar under other names, and rows of registrations as the app writes them.</summary>
internal sealed class Webinars(string connectionString)
{
    private const int RowsATransaction = 100;

    private readonly TableClient _webinars = new(connectionString, "Webinars");
    private readonly TableClient _registrations = new TableServiceClient(connectionString).GetTableClient("Registrations");
    private int _count;

    /// <returns>Its slug.</returns>
    public async Task<string> AddAsync(Action<TableEntity> change, CancellationToken cancellationToken)
    {
        var entity = (await _webinars.GetEntityAsync<TableEntity>("webinar", Site.UpcomingSlug, cancellationToken: cancellationToken)).Value;
        entity.RowKey = $"{Site.UpcomingSlug}-{++_count:D3}";
        change(entity);
        await _webinars.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        return entity.RowKey;
    }

    /// <summary>Moves a webinar's start, in UTC; its seats are without limit then.</summary>
    public static void StartIn(TableEntity webinar, TimeSpan time)
    {
        webinar["Zone"] = "Etc/UTC";
        webinar["Start"] = (DateTimeOffset.UtcNow + time).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        webinar.Remove("Capacity");
    }

    /// <summary>Asked for, and not decided.</summary>
    public Task AddRequestsAsync(string slug, int count, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        return AddAsync(
            Enumerable.Range(0, count).SelectMany(number => new[]
            {
                Registration(slug, number, "Requested", now.AddTicks(number)),
                new TableEntity(slug, $"q|{now.AddTicks(number).UtcTicks:D19}|{Person(number)}") { ["SchemaVersion"] = 2, ["Sequence"] = 0 },
            }),
            cancellationToken);
    }

    /// <summary>Decided an hour ago.</summary>
    public Task AddConfirmedAsync(string slug, int count, CancellationToken cancellationToken)
    {
        var then = DateTimeOffset.UtcNow.AddHours(-1);
        return AddAsync(
            Enumerable.Range(0, count).Select(number => Registration(slug, number, "Confirmed", then)).Append(new(slug, "s")
            {
                ["SchemaVersion"] = 2,
                ["Confirmed"] = count,
                ["Status"] = "Published",
            }),
            cancellationToken);
    }

    private async Task AddAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(RowsATransaction))
        {
            await _registrations.SubmitTransactionAsync([.. chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))], cancellationToken);
        }
    }

    private static TableEntity Registration(string slug, int number, string status, DateTimeOffset at) => new(slug, $"r|{Person(number)}")
    {
        ["SchemaVersion"] = 2,
        ["Status"] = status,
        ["Sequence"] = 0,
        ["Name"] = "Anna Janssens",
        ["Email"] = $"bench-{number}@example.org",
        ["Language"] = "en",
        ["RequestedAt"] = at,
        ["ToldAt"] = at,
        ["ToldRevision"] = 0,
        ["ToldBefore"] = 0,
        ["IsInvited"] = false,
        ["ConsentVersion"] = "2026-11-22",
        ["OperationId"] = Guid.NewGuid().ToString("N"),
        ["Organisation"] = "City of Ghent",
        ["Country"] = "BE",
        ["TimeZone"] = "Europe/Brussels",
    };

    /// <summary>Base32 of 256 bits: 52 letters, the last of which holds one bit.</summary>
    public static string Person(int number) => new([.. $"{number:D51}".Select(digit => (char)('a' + digit - '0')), 'a']);
}
