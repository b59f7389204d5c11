using System.Globalization;
using System.Text;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// Filters from interpolated strings: each value becomes a literal of its type, so that no value can change what is asked.
/// https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#constructing-filter-strings
/// </summary>
internal static class ODataFilter
{
    public static string? Create(FormattableString? filter)
    {
        if (filter is null)
        {
            return null;
        }

        var literals = new object?[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
        {
            literals[i] = Literal(filter.GetArgument(i))
                ?? throw new ArgumentException($"Unable to convert argument {i} from type {filter.GetArgument(i)!.GetType()} to an OData literal.", nameof(filter));
        }

        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string? Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long or ulong => $"{Invariant(value)}L",
        sbyte or byte or short or ushort or int or uint or float or double or decimal => Invariant(value),
        Guid id => $"guid'{id}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexString(bytes.ToMemory().Span)}'",
        DateTimeOffset instant => DateTimeLiteral(instant.UtcDateTime),
        DateTime instant => DateTimeLiteral(instant.ToUniversalTime()),
        string text => Quoted(text),
        char character => Quoted(character.ToString()),
        StringBuilder text => Quoted(text.ToString()),
        _ => null,
    };

    private static string Invariant(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);

    private static string DateTimeLiteral(DateTime utc) =>
        $"datetime'{utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}'";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
