using System.Text;
using CsvHelper;

namespace CitizenFocus.Functions.Webinars.Attendances;

/// <summary>A meeting provider's report on who came, as far as its form goes.</summary>
internal abstract record AttendanceFile
{
    /// <summary>As providers, and spreadsheets in between, separate cells.</summary>
    private static readonly char[] Separators = [',', '\t', ';'];

    private AttendanceFile()
    {
    }

    public sealed record Read(MeetingProvider Provider, IReadOnlyList<AttendanceRow> Rows) : AttendanceFile;

    /// <param name="Why">For the organiser.</param>
    public sealed record Unreadable(string Why) : AttendanceFile;

    /// <param name="content">UTF-8, or UTF-16 with a byte order mark, as Teams writes it.</param>
    public static AttendanceFile Parse(ReadOnlySpan<byte> content)
    {
        if (Decode(content) is not { } text) return new Unreadable("The file is neither in UTF-8 nor, with a byte order mark, in UTF-16.");

        string[] widest = [];
        foreach (var separator in Separators)
        {
            if (ReadTables(text, separator, ref widest) is { } read) return read;
        }

        // Column names, and none of what stands below them: that is about people.
        var found = widest.Length > 1 ? $"Found: {string.Join(", ", widest.Select(cell => cell.Length > 40 ? cell[..40] + "…" : cell))}." : "No row with names of columns was found.";
        return new Unreadable($"{found} Expected one of: {AttendanceColumns.Expected}");
    }

    private static string? Decode(ReadOnlySpan<byte> content)
    {
        try
        {
            return content switch
            {
                [0xEF, 0xBB, 0xBF, .. var rest] => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(rest),
                [0xFF, 0xFE, .. var rest] => new UnicodeEncoding(bigEndian: false, false, throwOnInvalidBytes: true).GetString(rest),
                [0xFE, 0xFF, .. var rest] => new UnicodeEncoding(bigEndian: true, false, throwOnInvalidBytes: true).GetString(rest),
                _ => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content),
            };
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <param name="widest">What looks most like names of columns, for the message.</param>
    private static Read? ReadTables(string text, char separator, ref string[] widest)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
        });
        var rows = new List<AttendanceRow>();
        MeetingProvider? provider = null;
        AttendanceColumns? columns = null;
        while (reader.Read())
        {
            string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
            if (AttendanceColumns.IsHeader(cells))
            {
                // After its participants, Teams lists each coming and going of the same people.
                if (provider == MeetingProvider.Teams) break;
                widest = cells;
                columns = AttendanceColumns.Recognise(cells);
                provider ??= columns?.Provider;
            }
            else if (cells.Count(cell => cell.Length > 0) <= 1)
            {
                // The heading of the next part of the report.
                columns = null;
            }
            else if (columns is not null)
            {
                rows.Add(AttendanceRow.Of((int)reader.LineNumber, cells, columns));
            }
            else if (provider is null && rows.Count == 0 && cells.Length > widest.Length && !AttendanceColumns.IsHeader(widest) && !cells.Any(cell => cell.Contains('@', StringComparison.Ordinal)))
            {
                widest = cells;
            }
        }

        return provider is { } known ? new(known, rows) : null;
    }
}

/// <summary>A row about a person, as it stands.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Addresses">Where an address is to be looked for, in this order.</param>
/// <param name="WasThere">The provider does not say that they stayed away.</param>
/// <param name="Zone">What the column says of the times that say nothing themselves.</param>
internal sealed record AttendanceRow(int Line, IReadOnlyList<string> Addresses, string Join, string Leave, string Stay, bool WasThere, string Zone)
{
    public static AttendanceRow Of(int line, string[] cells, AttendanceColumns columns)
    {
        return new(
            line,
            [.. new[] { Cell(columns.Address), Cell(columns.SignInName) }.Where(cell => cell.Length > 0 && !IsOfGuest(cell))],
            Cell(columns.Join),
            Cell(columns.Leave),
            Cell(columns.Stay),
            !Is(columns.Attended, "no") && !Is(columns.WaitingRoom, "yes"),
            columns.Zone);

        string Cell(int at) => at >= 0 && at < cells.Length ? cells[at] : "";

        bool Is(int at, string word) => Cell(at).Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    // What Entra makes of a guest's address is an address of nobody.
    private static bool IsOfGuest(string signInName) => signInName.Contains("#EXT#", StringComparison.OrdinalIgnoreCase);
}
