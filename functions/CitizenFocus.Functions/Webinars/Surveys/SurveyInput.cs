using CitizenFocus.Functions.Web;
using Fields = CitizenFocus.Functions.Webinars.Surveys.SurveyFormModel.Fields;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>What somebody answers, judged all at once; the same for the form and for JSON.</summary>
internal static class SurveyInput
{
    public sealed record Answers(int Useful, string Comment, Again? Again, bool ShowsName);

    /// <returns><see langword="null"/> where there is any error.</returns>
    public static Answers? Validate(Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var useful = fields.Number(Fields.Useful, 1, 5);
        if (useful is null && errors[Fields.Useful] is null) errors.Add(Fields.Useful, "Choose a mark from 1 to 5.");
        var comment = fields.Text(Fields.Comment, SurveyFormModel.MaxCommentLength).Trim();
        Again? again = string.IsNullOrWhiteSpace(sent.Text(Fields.Again)) ? null : fields.Choice(Fields.Again, default(Again));
        return errors.Count > 0 ? null : new(useful!.Value, comment, again, sent.IsTicked(Fields.ShowName));
    }
}
