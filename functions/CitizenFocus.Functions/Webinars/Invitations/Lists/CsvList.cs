using System.Runtime.CompilerServices;
using CsvHelper;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>A table of people as spreadsheets save it: the first line names the columns.</summary>
internal sealed class CsvList : IDisposable
{
    /// <summary>In bytes: a row that is longer is the rest of a file behind a quotation mark that was left open.</summary>
    private const int MaxRowBytes = 65_536;

    private readonly CsvReader _rows;

    private CsvList(TextReader text) => _rows = CsvReader.Create(text, new CsvReaderOptions
    {
        // The line is what an organiser looks for in the spreadsheet.
        TrackLineNumbers = true,
        MaxRecordSize = MaxRowBytes,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = row =>
        {
            // A stray quotation mark is part of somebody's name; one that is never closed has swallowed rows.
            if (row.Reason == CsvMalformedReason.UnterminatedQuote) throw new CsvFormatException("A quotation mark is never closed.", row.RecordNumber, row.ByteOffset);
        },
    }, leaveOpen: true);

    /// <summary>The columns' names as they were written.</summary>
    public IReadOnlyList<string> Found { get; private set; } = [];

    /// <summary><see langword="null"/> where none of them has addresses.</summary>
    public ListColumns? Columns { get; private set; }

    /// <exception cref="CsvFormatException">It cannot be taken apart.</exception>
    public static async Task<CsvList> OpenAsync(TextReader text, CancellationToken cancellationToken)
    {
        var list = new CsvList(text);
        await list._rows.ReadHeaderAsync(cancellationToken);
        list.Found = [.. list._rows.Headers];
        list.Columns = ListColumns.TryFind(list.Found);
        return list;
    }

    /// <exception cref="CsvFormatException">It cannot be taken apart.</exception>
    public async IAsyncEnumerable<ListRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Columns is not { } columns) yield break;
        while (await _rows.ReadAsync(cancellationToken))
        {
            if (Read(columns) is { } row) yield return row;
        }
    }

    public void Dispose() => _rows.Dispose();

    /// <returns><see langword="null"/> for a row of nothing: spreadsheets save those in which somebody once touched a cell.</returns>
    private ListRow? Read(ListColumns columns)
    {
        string?[] cells = [Cell(columns.Address), Cell(columns.Name), Cell(columns.FirstName), Cell(columns.LastName), Cell(columns.Language)];
        if (!Enumerable.Range(0, _rows.FieldCount).Any(index => !string.IsNullOrWhiteSpace(_rows.GetString(index)))) return null;

        var name = columns.Name is not null ? cells[1] : $"{cells[2]} {cells[3]}";
        return ListRow.Read((int)_rows.LineNumber, cells[0], name, cells[4]);
    }

    private string? Cell(int? column) => column is { } index ? _rows.GetString(index) : null;
}
