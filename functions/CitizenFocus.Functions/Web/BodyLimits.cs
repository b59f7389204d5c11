namespace CitizenFocus.Functions.Web;

/// <summary>How much a body may hold.</summary>
/// <param name="Bytes">More are refused with 413 while reading, whatever Content-Length says or leaves unsaid.</param>
/// <param name="Values">Of all fields together.</param>
/// <param name="Nests">JSON may hold objects in objects and in lists, and lists of numbers.</param>
internal sealed record BodyLimits(int Bytes, int Values, bool Nests)
{
    /// <summary>A visitor's form: 64 KiB are a long letter through the contact form, twenty times over.</summary>
    public static readonly BodyLimits Form = new(RequestBody.DefaultLimit, FieldCollector.MaximumValues, Nests: false);

    /// <summary>What an organiser sends as the whole content of one thing: the text alone may be larger than a visitor's form.</summary>
    public static readonly BodyLimits Content = new(256 * 1024, 2_000, Nests: true);
}
