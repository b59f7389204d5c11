using System.Globalization;
using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

internal static class RequestUriBuilderExtensions
{
    /// <summary>Empty is left out too: the service refuses <c>NextRowKey=</c>.</summary>
    public static void AppendQueryWhereSet(this RequestUriBuilder uri, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            uri.AppendQuery(name, value, escapeValue: true);
        }
    }

    public static void AppendQueryWhereSet(this RequestUriBuilder uri, string name, int? value)
    {
        if (value is { } number)
        {
            uri.AppendQuery(name, number.ToString(CultureInfo.InvariantCulture), escapeValue: false);
        }
    }
}
