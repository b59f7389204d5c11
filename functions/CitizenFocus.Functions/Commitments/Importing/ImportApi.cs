using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Commitments;

/// <summary>An organiser brings many commitments at once, as a table or in JSON. They become proposals, and the answer tells of each.</summary>
internal static class ImportApi
{
    private const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxRows = 1_000;

    /// <summary>The name under which a JSON object has the list.</summary>
    private const string ListName = "commitments";

    public static void Map(IEndpointRouteBuilder site) => site.MapPost("/api/commitments/import", Import).AddEndpointFilter<OrganiserApiFilter>();

    private static async Task<IResult> Import(HttpContext context, ImportEntries import, TimeProvider clock)
    {
        var (rows, refusal) = await RowsOfAsync(context);
        if (rows is null) return refusal!;

        var results = new List<ImportRowDocument>();
        foreach (var row in rows) results.Add(await TakeAsync(row, results.Count + 1, import, clock.GetUtcNow(), context.RequestAborted));
        int Count(string outcome) => results.Count(result => result.Outcome == outcome);
        return Results.Json(new(Count("taken"), Count("known"), Count("wrong"), results), CommitmentJson.Default.ImportReportDocument);
    }

    private static async Task<ImportRowDocument> TakeAsync(Submission.Fields row, int number, ImportEntries import, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var errors = new ValidationErrors();
        var proposal = CommitmentInput.Validate(CommitmentId.New(row.Text("title") ?? ""), row, now, errors) with { PublishedAt = null, Source = "import" };
        var name = new FieldReader(row, errors).Line("externalId", 200);
        if (errors.Count > 0)
        {
            return new(number, "wrong", null, errors.GroupBy(error => error.Field, StringComparer.Ordinal).ToDictionary(field => field.Key, field => field.First().Message, StringComparer.Ordinal));
        }

        // Without a name of its own, an entry is known by where it leads, or by what it says.
        name ??= proposal.Links is [var link, ..] ? link.AbsoluteUri : string.Join('\n', proposal.Title, proposal.Organisation, proposal.City);
        return await import.TryTakeAsync(proposal, ImportEntries.SeenKey("import", name), cancellationToken)
            ? new(number, "taken", proposal.Id, null)
            : new(number, "known", null, null);
    }

    private static async Task<(IReadOnlyList<Submission.Fields>? Rows, IResult? Refusal)> RowsOfAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.Count == 0 && MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            switch (type.MediaType.Value?.ToLowerInvariant())
            {
                case "text/csv":
                    if (await ReadAsync(context) is not { } content) return (null, Problems.Of(StatusCodes.Status413PayloadTooLarge, "That is too much at once", "Send 5 MB or less."));
                    var (rows, fault) = await CommitmentTable.ReadAsync(content, MaxRows, context.RequestAborted);
                    return fault is null ? (rows, null) : (null, Problems.Of(StatusCodes.Status400BadRequest, "That could not be read", fault));
                case "application/json":
                    return await RequestBody.ReadAsync(context, new BodyLimits(MaxBytes, 100 * MaxRows, Nests: true)) switch
                    {
                        Submission.Refused(var answer) => (null, answer),
                        Submission.Fields sent when sent.Items(ListName) is { Count: > 0 and <= MaxRows } items => (Split(sent, items), null),
                        _ => (null, Problems.Validation(new() { { ListName, $"Send a list of 1 to {MaxRows:N0} objects." } })),
                    };
            }
        }

        request.HttpContext.Response.Headers.Accept = "text/csv, application/json";
        return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "That kind of content is not taken here", "Send text/csv or JSON, in UTF-8 and not compressed."));
    }

    /// <summary>Each object's fields by their own names.</summary>
    private static List<Submission.Fields> Split(Submission.Fields sent, IReadOnlyList<string> items)
    {
        var rows = items.ToDictionary(item => item, _ => new Dictionary<string, StringValues>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in sent.Values)
        {
            var dot = name.IndexOf('.', Math.Min(ListName.Length + 1, name.Length));
            if (dot > 0 && rows.TryGetValue(name[..dot], out var row)) row[name[(dot + 1)..]] = value;
        }

        return [.. items.Select(item => new Submission.Fields(rows[item], IsJson: true))];
    }

    /// <returns><see langword="null"/> where it is too large.</returns>
    private static async Task<MemoryStream?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes) return null;
        var (whole, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            if (whole.Length + read > MaxBytes) return null;
            whole.Write(buffer, 0, read);
        }

        whole.Position = 0;
        return whole;
    }
}
