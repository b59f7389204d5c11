using System.Text;
using CitizenFocus.Functions.Web;
using CsvHelper;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Commitments;

/// <summary>A table of commitments as spreadsheets save it, with a line of names above; separated by commas, semicolons or tabs.</summary>
internal static class CommitmentTable
{
    /// <summary>In bytes: a row that is longer is the rest of a file behind a quotation mark that was left open.</summary>
    private const int MaxRowBytes = 262_144;

    /// <summary>What is not UTF-8 is refused: guessed wrongly, names would be stored that nobody bears. A byte order mark is skipped.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The fields by what remains of a column's name: <c>External ID</c>, <c>external_id</c> and <c>externalId</c> are one.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["externalid"] = "externalId",
        ["id"] = "externalId",
        ["title"] = "title",
        ["summary"] = "summary",
        ["text"] = "text",
        ["description"] = "text",
        ["organisation"] = "organisation",
        ["organization"] = "organisation",
        ["city"] = "city",
        ["country"] = "country",
        ["topics"] = "topics",
        ["topic"] = "topics",
        ["links"] = "links",
        ["link"] = "links",
        ["url"] = "links",
        ["author"] = "author",
        ["name"] = "author",
        ["submittedat"] = "submittedAt",
        ["submitted"] = "submittedAt",
    };

    /// <returns>The rows, as a JSON list would have them; or why it cannot be read.</returns>
    public static async Task<(IReadOnlyList<Submission.Fields>? Rows, string? Fault)> ReadAsync(Stream content, int mostRows, CancellationToken cancellationToken)
    {
        var rows = new List<Submission.Fields>();
        try
        {
            using var text = new StreamReader(content, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            using var csv = CsvReader.Create(text, new CsvReaderOptions
            {
                MaxRecordSize = MaxRowBytes,
                IncludeValuesInExceptions = false,
                OnMalformedRecord = row =>
                {
                    if (row.Reason == CsvMalformedReason.UnterminatedQuote) throw new CsvFormatException("A quotation mark is never closed.", row.RecordNumber, row.ByteOffset);
                },
            }, leaveOpen: true);
            await csv.ReadHeaderAsync(cancellationToken);
            string?[] names = [.. csv.Headers.Select(header => Columns.GetValueOrDefault(string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant()))];
            if (!names.Contains("title")) return (null, "There is no column “title”.");

            while (await csv.ReadAsync(cancellationToken))
            {
                var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
                for (var index = 0; index < Math.Min(names.Length, csv.FieldCount); index++)
                {
                    if (names[index] is { } name && csv.GetString(index)?.Trim() is { Length: > 0 } value) values.TryAdd(name, value);
                }

                // Spreadsheets save rows in which somebody once touched a cell.
                if (values.Count == 0) continue;
                if (rows.Count == mostRows) return (null, $"There are more than {mostRows:N0} rows.");
                rows.Add(new(values, IsJson: true));
            }

            return (rows, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "Some characters are not in UTF-8. Save it as “CSV UTF-8”.");
        }
        catch (CsvFormatException)
        {
            return (null, $"Behind row {rows.Count} there is a quotation mark that is never closed, or a row that is too long.");
        }
    }
}
