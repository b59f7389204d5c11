using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Reads what was uploaded, a row at a time.</summary>
internal static class ListReader
{
    /// <summary>What is not UTF-8 is refused: guessed wrongly, names would be stored that nobody bears. A byte order mark is skipped.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    internal abstract record Inspection
    {
        private Inspection()
        {
        }

        internal sealed record Readable(int Rows) : Inspection;

        internal sealed record WrongColumns(IReadOnlyList<string> Found) : Inspection;

        internal sealed record Unreadable(string Why) : Inspection;

        internal sealed record TooMany : Inspection;
    }

    /// <summary>Reads all of it without keeping any: what is refused is refused as a whole.</summary>
    /// <param name="content">From its beginning; is read twice.</param>
    public static async Task<Inspection> InspectAsync(Stream content, ListFormat format, int mostRows, CancellationToken cancellationToken)
    {
        var last = 0;
        try
        {
            if (format == ListFormat.Csv && await FindWrongColumnsAsync(content, cancellationToken) is { } found) return new Inspection.WrongColumns(found);

            var rows = 0;
            await foreach (var row in ReadAsync(content, format, cancellationToken))
            {
                if (++rows > mostRows) return new Inspection.TooMany();
                last = row.Line;
            }

            return rows > 0 ? new Inspection.Readable(rows) : new Inspection.Unreadable("There is nobody in it.");
        }
        catch (DecoderFallbackException)
        {
            return new Inspection.Unreadable("Some characters are not in UTF-8. Save it as “CSV UTF-8”.");
        }
        catch (CsvFormatException)
        {
            return new Inspection.Unreadable($"Somewhere behind line {last} there is a quotation mark that is never closed.");
        }
    }

    /// <summary>What <see cref="InspectAsync"/> found readable.</summary>
    public static async IAsyncEnumerable<ListRow> ReadAsync(Stream content, ListFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = Open(content);
        if (format == ListFormat.Csv)
        {
            using var csv = await CsvList.OpenAsync(text, cancellationToken);
            await foreach (var row in csv.ReadAsync(cancellationToken)) yield return row;
        }
        else
        {
            await foreach (var row in AddressList.ReadAsync(text, cancellationToken)) yield return row;
        }
    }

    private static async Task<IReadOnlyList<string>?> FindWrongColumnsAsync(Stream content, CancellationToken cancellationToken)
    {
        using var text = Open(content);
        using var csv = await CsvList.OpenAsync(text, cancellationToken);
        content.Position = 0;
        return csv.Columns is null ? csv.Found : null;
    }

    private static StreamReader Open(Stream content) => new(content, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
}
