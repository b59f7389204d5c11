namespace CitizenFocus.Functions.Email;

/// <summary>Cascades to the components of an e-mail: what it is written in.</summary>
/// <param name="Tag">BCP 47.</param>
public sealed record EmailLanguage(string Tag)
{
    public static readonly EmailLanguage English = new("en");

    private static readonly string[] RightToLeft = ["ar", "fa", "he", "ur", "yi"];

    /// <summary>Of HTML's <c>dir</c>.</summary>
    public string Direction => RightToLeft.Contains(Tag.Split('-')[0]) ? "rtl" : "ltr";
}
