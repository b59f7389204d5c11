using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Web;

/// <summary>Section <c>Api</c> of the configuration.</summary>
internal sealed record ApiOptions
{
    public const string Section = "Api";

    /// <summary>The organisers' bearer token; <see langword="null"/>: nobody gets in.</summary>
    public string? Token { get; init; }

    public static ApiOptions Read(Settings settings) => new() { Token = settings.Text(nameof(Token)) };

    /// <summary>A record's own <c>ToString</c> would write the token.</summary>
    public override string ToString() => nameof(ApiOptions);
}

internal sealed class ApiOptionsValidator(IConfiguration configuration) : IValidateOptions<ApiOptions>
{
    private const int MinimumLength = 32;

    private static readonly string Token = Settings.Variable(ApiOptions.Section, nameof(ApiOptions.Token));

    public ValidateOptionsResult Validate(string? name, ApiOptions options) => options.Token switch
    {
        null => ValidateOptionsResult.Success,
        var token when token.StartsWith(KeyOptions.SampleMarker, StringComparison.Ordinal) && !EmulatedStorage.IsUsed(configuration) =>
            ValidateOptionsResult.Fail($"{Token} is the one from local.settings.sample.json, which everybody knows. Make one with: openssl rand -base64 32"),
        { Length: < MinimumLength } =>
            ValidateOptionsResult.Fail($"{Token} is shorter than {MinimumLength} characters. Make one with: openssl rand -base64 32"),
        var token when !token.All(IsToken68) =>
            ValidateOptionsResult.Fail($"{Token} holds a character that an Authorization header cannot carry. Make one with: openssl rand -base64 32"),
        _ => ValidateOptionsResult.Success,
    };

    /// <summary>RFC 6750 section 2.1.</summary>
    private static bool IsToken68(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '+' or '/' or '=';
}
