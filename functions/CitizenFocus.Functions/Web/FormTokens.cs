using System.Globalization;

namespace CitizenFocus.Functions.Web;

/// <summary>Section <c>Forms</c> of the configuration.</summary>
internal sealed record FormOptions
{
    public const string Section = "Forms";

    /// <summary>Who sends a form sooner than so many seconds after it was made is taken for a robot; 0 to 60.</summary>
    public int MinimumSeconds { get; init; } = 1;

    public static FormOptions Read(Settings settings) => new()
    {
        MinimumSeconds = settings.Integer(nameof(MinimumSeconds), new FormOptions().MinimumSeconds, 0, 60),
    };
}

/// <summary>
/// Catches simple robots, without a word and without a riddle for people: a field that nobody sees (<see cref="Trap"/>)
/// and a signed note of when the form was made (<see cref="Field"/>).
/// </summary>
internal sealed class FormTokens(Tokens tokens, FormOptions options, TimeProvider time)
{
    /// <summary>The form field that people never see.</summary>
    public const string Trap = "website";

    /// <summary>The form field that holds what <see cref="Issue"/> gives.</summary>
    public const string Field = "form";

    /// <summary>The token for a form that is made now.</summary>
    public string Issue() => tokens.Issue(TokenPurpose.Form, time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// A token that is missing or not ours is no sign of a robot: scripts may post without one, and a form that was open
    /// while the keys changed has an old one. Nobody gains by forging it; the rate limit holds them all.
    /// </summary>
    public bool IsRobot(Submission.Fields submission) =>
        !string.IsNullOrWhiteSpace(submission.Text(Trap))
        || (tokens.Read(TokenPurpose.Form, submission.Text(Field)) is TokenReading.Valid made && Age(made.Subject) < TimeSpan.FromSeconds(options.MinimumSeconds));

    private TimeSpan Age(string subject) =>
        time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(subject, CultureInfo.InvariantCulture));
}
