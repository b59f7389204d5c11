using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Library;

/// <summary>Section <c>Library</c> of the configuration.</summary>
internal sealed record LibraryOptions
{
    public const string Section = "Library";

    public const string Redirect = "redirect";

    public const string Stream = "stream";

    /// <summary>
    /// How a file reaches the visitor: <see cref="Redirect"/> to blob storage under a short-lived signature, or
    /// <see cref="Stream"/>, through this process. The emulator is never redirected to: it listens where only this machine gets.
    /// </summary>
    public string Delivery { get; init; } = Redirect;

    public static LibraryOptions Read(Settings settings) => new()
    {
        Delivery = settings.Choice(nameof(Delivery), Redirect, [Redirect, Stream]),
    };
}
