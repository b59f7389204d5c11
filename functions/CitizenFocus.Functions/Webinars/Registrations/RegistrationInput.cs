using System.Collections.Frozen;
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

    private static readonly FrozenSet<string> TimeZones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="otherLanguage">Of who did not choose one.</param>
    /// <returns>A command, or <see langword="null"/> where there is any error.</returns>
    public static RegisterForWebinar.Command? Validate(Webinar webinar, Submission.Fields sent, string otherLanguage, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var name = fields.RequiredLine(Fields.Name, RegistrationFormModel.MaxTextLength, "Enter your name.");

        var typed = sent.Text(Fields.Email);
        if (string.IsNullOrWhiteSpace(typed)) errors.Add(Fields.Email, "Enter your e-mail address.");
        else if (!EmailAddress.TryParse(typed, out _)) errors.Add(Fields.Email, "Enter an e-mail address like name@example.org.");
        EmailAddress.TryParse(typed, out var email);

        var organisation = fields.Line(Fields.Organisation, RegistrationFormModel.MaxTextLength);
        var answers = AnswersInput.Read(webinar, sent, errors);
        var country = fields.Choice(Fields.Country, code => Choices.Has(Choices.Countries, code), "Choose a country from the list, or leave it open.");
        var language = fields.Choice(Fields.Language, code => Choices.Has(Choices.Languages, code), "Choose a language from the list.");
        var timeZone = fields.Choice(Fields.TimeZone, TimeZones.Contains, "Enter a time zone like Europe/Brussels, or leave it open.");

        if (!sent.IsTicked(Fields.Consent)) errors.Add(Fields.Consent, "Tick the box to agree: without it we may not keep your registration.");

        return errors.Count > 0 ? null : new()
        {
            Name = name,
            Email = email,
            Organisation = organisation,
            Country = country,
            Language = language ?? otherLanguage,
            TimeZone = timeZone,
            ConsentVersion = ConsentVersion,
            Answers = answers,
        };
    }
}
