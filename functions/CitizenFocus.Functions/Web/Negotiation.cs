using Microsoft.Net.Http.Headers;

namespace CitizenFocus.Functions.Web;

/// <summary>Chooses between a page and JSON (RFC 9110 section 12.5.1).</summary>
internal static class Negotiation
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Problem = new("application/problem+json");
    private static readonly MediaTypeHeaderValue Html = new("text/html");

    /// <summary>
    /// True where the client ranks JSON above HTML. Where it does not tell, as curl's <c>*/*</c> or no Accept at all,
    /// who sent JSON gets JSON, and everybody else a page.
    /// </summary>
    public static bool WantsJson(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return SentJson(request);

        var json = Max(Rank(ranges, Json), Rank(ranges, Problem));
        var html = Rank(ranges, Html);
        if (json.Quality != html.Quality) return json.Quality > html.Quality;
        if (json.Quality == 0) return SentJson(request);

        // As good as each other: a type that was named beats one that a wildcard covers, then the one named first.
        if (json.IsNamed != html.IsNamed) return json.IsNamed;
        return json.IsNamed ? json.Position < html.Position : SentJson(request);
    }

    private static bool SentJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Json.MediaType, StringComparison.OrdinalIgnoreCase);

    private static Ranking Max(Ranking one, Ranking other) => other.Quality > one.Quality ? other : one;

    /// <summary>The most specific range that covers a type decides its quality; one without q has 1.</summary>
    private static Ranking Rank(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type)
    {
        var best = new Ranking(0, false, int.MaxValue);
        var specificity = -1;
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var level = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            var covers = level switch
            {
                0 => true,
                1 => range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase),
                _ => range.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase),
            };
            if (!covers || level <= specificity) continue;
            specificity = level;
            best = new(range.Quality ?? 1, level == 2, i);
        }

        return best;
    }

    private readonly record struct Ranking(double Quality, bool IsNamed, int Position);
}
