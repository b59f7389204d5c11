namespace CitizenFocus.Functions.Languages;

/// <summary>What a visitor's browser asks for, where they did not choose: of the languages that the site has, the one they like best.</summary>
internal static class RequestLanguage
{
    /// <returns>BCP 47; English where none is wanted that the site has.</returns>
    public static string Of(HttpRequest request) => (request.GetTypedHeaders().AcceptLanguage ?? [])
        .Where(wanted => wanted.Quality is not 0)
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(wanted => Texts.Find(wanted.Value.Value))
        .FirstOrDefault(found => found is not null)?.Tag ?? Texts.English.Tag;
}
