using CitizenFocus.Functions.Web;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Webinars;

/// <summary>A registration form: what was typed, as it was typed, and what is wrong with it.</summary>
public sealed record RegistrationFormModel
{
    /// <summary>In UTF-16 code units: what a form field lets in, and what the service takes.</summary>
    public const int MaxTextLength = 200;

    /// <summary>RFC 5321, section 4.5.3.1.3, without the angle brackets.</summary>
    public const int MaxEmailLength = 254;

    /// <summary>Says when the form was made, signed.</summary>
    public required string FormToken { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Organisation { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public bool Consent { get; init; }

    public AnswersModel Answers { get; init; } = AnswersModel.None;

    public ValidationErrors Errors { get; init; } = new();

    /// <summary>Else it only shows what was typed: registration closed meanwhile.</summary>
    public bool CanBeSent { get; init; } = true;

    /// <summary>The form with what was sent.</summary>
    public static RegistrationFormModel From(IReadOnlyDictionary<string, StringValues> values, ValidationErrors errors, string formToken) => new()
    {
        FormToken = formToken,
        Name = Value(values, Fields.Name),
        Email = Value(values, Fields.Email),
        Organisation = Value(values, Fields.Organisation),
        Country = Value(values, Fields.Country),
        Language = Value(values, Fields.Language),
        TimeZone = Value(values, Fields.TimeZone),
        Consent = Value(values, Fields.Consent) is "true" or "on",
        Answers = AnswersModel.From(values),
        Errors = errors,
    };

    private static string? Value(IReadOnlyDictionary<string, StringValues> values, string name) =>
        values.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    /// <summary>The names under which the fields are sent, in forms and in JSON.</summary>
    public static class Fields
    {
        public const string Name = "name";
        public const string Email = "email";
        public const string Organisation = "organisation";
        public const string Country = "country";
        public const string Language = "language";
        public const string TimeZone = "timeZone";
        public const string Consent = "consent";
    }
}
