namespace CitizenFocus.Functions.Languages;

/// <summary>
/// Which form of a text goes with a whole number, in each of the Union's 24 official languages: CLDR's plural rules
/// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html), for numbers that people count.
/// </summary>
internal static class Plurals
{
    public const string Zero = "zero";
    public const string One = "one";
    public const string Two = "two";
    public const string Few = "few";
    public const string Many = "many";
    public const string Other = "other";

    /// <param name="tag">BCP 47; its first part counts. A language that is not here has the rules of English.</param>
    /// <param name="n">0 or more.</param>
    public static string CategoryOf(string tag, int n) => tag.Split('-')[0] switch
    {
        "cs" or "sk" => n == 1 ? One : n is >= 2 and <= 4 ? Few : Other,
        "fr" or "pt" => n <= 1 ? One : Other,
        "ga" => n switch { 1 => One, 2 => Two, >= 3 and <= 6 => Few, >= 7 and <= 10 => Many, _ => Other },
        "hr" => Ones(n) ? One : FewOf(n) ? Few : Other,
        "lt" => (n % 100) is >= 11 and <= 19 || n % 10 == 0 ? Other : n % 10 == 1 ? One : Few,
        "lv" => n % 10 == 0 || n % 100 is >= 11 and <= 19 ? Zero : Ones(n) ? One : Other,
        "mt" => n switch { 1 => One, 2 => Two, _ when n == 0 || n % 100 is >= 3 and <= 10 => Few, _ when n % 100 is >= 11 and <= 19 => Many, _ => Other },
        "pl" => n == 1 ? One : FewOf(n) ? Few : Many,
        "ro" => n == 1 ? One : n == 0 || n % 100 is >= 1 and <= 19 ? Few : Other,
        "sl" => (n % 100) switch { 1 => One, 2 => Two, 3 or 4 => Few, _ => Other },

        // bg, da, de, el, en, es, et, fi, hu, it, nl, sv
        _ => n == 1 ? One : Other,
    };

    /// <summary>21, 31, 101; not 11.</summary>
    private static bool Ones(int n) => n % 10 == 1 && n % 100 != 11;

    /// <summary>2 to 4, 22 to 24; not 12 to 14.</summary>
    private static bool FewOf(int n) => n % 10 is >= 2 and <= 4 && !(n % 100 is >= 12 and <= 14);
}
