using CitizenFocus.Functions.Web;
using Fields = CitizenFocus.Functions.Webinars.RegistrationFormModel.Fields;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>What a registrant sends to change, judged as it was when they registered.</summary>
internal static class DetailsInput
{
    /// <returns>A command, or <see langword="null"/> where there is any error.</returns>
    public static ChangeDetails.Command? Validate(Webinar webinar, Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var command = new ChangeDetails.Command
        {
            Name = fields.RequiredLine(Fields.Name, RegistrationFormModel.MaxTextLength, "Enter your name."),
            Organisation = fields.Line(Fields.Organisation, RegistrationFormModel.MaxTextLength),
            Answers = AnswersInput.Read(webinar, sent, errors),
        };
        return errors.Count > 0 ? null : command;
    }
}
