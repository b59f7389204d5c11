using CitizenFocus.Functions.Languages;

namespace CitizenFocus.Functions.Email;

/// <summary>Cascades to the components of an e-mail: what it is written in.</summary>
/// <param name="Tag">BCP 47.</param>
public sealed record EmailLanguage(string Tag)
{
    public static readonly EmailLanguage English = new("en");

    public Texts Texts { get; } = Texts.In(Tag);

    /// <summary>The one that the site has for somebody who wants <paramref name="wanted"/>.</summary>
    /// <param name="wanted">BCP 47, or nothing.</param>
    public static EmailLanguage Of(string? wanted) => new(Texts.In(wanted).Tag);

    private static readonly string[] RightToLeft = ["ar", "fa", "he", "ur", "yi"];

    /// <summary>Of HTML's <c>dir</c>.</summary>
    public string Direction => RightToLeft.Contains(Tag.Split('-')[0]) ? "rtl" : "ltr";
}
