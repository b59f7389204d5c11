using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Web.Components;

/// <summary>Days as pages write them; the English names are those of the invariant culture.</summary>
internal static class Dates
{
    private static readonly LocalDatePattern LongPattern = LocalDatePattern.Create("d MMMM uuuu", CultureInfo.InvariantCulture);

    private static readonly LocalDatePattern ShortMonthPattern = LocalDatePattern.Create("MMM", CultureInfo.InvariantCulture);

    public static string Long(LocalDate day) => LongPattern.Format(day);

    public static string ShortMonth(LocalDate day) => ShortMonthPattern.Format(day);

    /// <summary>As the datetime attribute wants it.</summary>
    public static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>As the datetime attribute wants it, in UTC.</summary>
    public static string Iso(Instant instant) => InstantPattern.General.Format(instant);
}
