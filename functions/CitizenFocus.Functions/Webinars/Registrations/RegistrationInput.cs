using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using NodaTime;
using Fields = CitizenFocus.Functions.Webinars.RegistrationFormModel.Fields;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>What a visitor sends to register, judged all at once; the same for the form and for JSON.</summary>
internal static class RegistrationInput
{
    /// <summary>The wording beside the box. Whoever changes the wording changes this.</summary>
    public const string ConsentVersion = "2026-11-22";

    /// <returns>A command, or <see langword="null"/> where there is any error.</returns>
    public static RegisterForWebinar.Command? Validate(Submission.Fields sent, ValidationErrors errors)
    {
        var name = Line(sent, Fields.Name, RegistrationFormModel.MaxTextLength, errors);
        if (name is null && errors[Fields.Name] is null) errors.Add(Fields.Name, "Enter your name.");

        var typed = sent.Text(Fields.Email);
        if (string.IsNullOrWhiteSpace(typed)) errors.Add(Fields.Email, "Enter your e-mail address.");
        else if (!EmailAddress.TryParse(typed, out _)) errors.Add(Fields.Email, "Enter an e-mail address like name@example.org.");
        EmailAddress.TryParse(typed, out var email);

        var organisation = Line(sent, Fields.Organisation, RegistrationFormModel.MaxTextLength, errors);
        var country = Choice(sent, Fields.Country, code => Choices.Has(Choices.Countries, code), "Choose a country from the list, or leave it open.", errors);
        var language = Choice(sent, Fields.Language, code => Choices.Has(Choices.Languages, code), "Choose a language from the list.", errors);
        var timeZone = Choice(
            sent, Fields.TimeZone, id => DateTimeZoneProviders.Tzdb.Ids.Contains(id, StringComparer.Ordinal), "Enter a time zone like Europe/Brussels, or leave it open.", errors);

        if (!sent.IsTicked(Fields.Consent)) errors.Add(Fields.Consent, "Tick the box to agree: without it we may not keep your registration.");

        return errors.Count > 0 ? null : new()
        {
            Name = name!,
            Email = email,
            Organisation = organisation,
            Country = country,
            Language = language ?? "en",
            TimeZone = timeZone,
            ConsentVersion = ConsentVersion,
        };
    }

    private static string? Line(Submission.Fields sent, string field, int maxLength, ValidationErrors errors)
    {
        if (sent.Text(field) is not { } typed) return null;
        if (!TypedText.IsSingleLine(typed))
        {
            errors.Add(field, "Use letters, digits, spaces and punctuation only, on one line.");
            return null;
        }

        var clean = TypedText.Clean(typed);
        if (clean?.Length > maxLength) errors.Add(field, $"Use {maxLength} characters or fewer.");
        return clean;
    }

    private static string? Choice(Submission.Fields sent, string field, Func<string, bool> isKnown, string message, ValidationErrors errors)
    {
        if (TypedText.Clean(sent.Text(field)) is not { } chosen) return null;
        if (!isKnown(chosen)) errors.Add(field, message);
        return chosen;
    }
}
