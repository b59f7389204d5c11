using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>The survey's form, empty or as it comes back with errors.</summary>
public sealed record SurveyFormModel
{
    /// <summary>In UTF-16 code units.</summary>
    public const int MaxCommentLength = 2_000;

    public string? Useful { get; init; }

    public string? Comment { get; init; }

    public string? Again { get; init; }

    public bool ShowName { get; init; }

    public ValidationErrors Errors { get; init; } = new();

    /// <summary>The names of the form's fields, and of the JSON properties.</summary>
    public static class Fields
    {
        public const string Useful = "useful";
        public const string Comment = "comment";
        public const string Again = "again";
        public const string ShowName = "showName";
    }

    internal static SurveyFormModel From(Submission.Fields sent, ValidationErrors errors) => new()
    {
        Useful = sent.Text(Fields.Useful),
        Comment = sent.Text(Fields.Comment),
        Again = sent.Text(Fields.Again),
        ShowName = sent.IsTicked(Fields.ShowName),
        Errors = errors,
    };
}
