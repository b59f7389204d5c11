using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>Answers to a webinar's questions, as whoever accepts an invitation sends them.</summary>
internal static class InvitationAnswers
{
    public const int MaxLength = 1_000;

    private static readonly (string Value, string Text)[] YesOrNo = [("yes", "Yes"), ("no", "No")];

    public static string FieldOf(Question question) => $"answers.{question.Id}";

    public static IReadOnlyList<(string Value, string Text)> OptionsOf(Question question) =>
        question.Kind == QuestionKind.YesNo ? YesOrNo : [.. question.Options.Select(option => (option, option))];

    /// <summary>What was sent, as it was sent.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Sent(Webinar webinar, Submission.Fields sent) =>
        webinar.Questions.ToDictionary(question => question.Id, question => sent.All(FieldOf(question)), StringComparer.Ordinal);

    /// <summary>The answers, with every error noted; those that were left open are not among them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Validate(Webinar webinar, Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var answers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var question in webinar.Questions)
        {
            var name = FieldOf(question);
            IReadOnlyList<string> answer = question.Kind == QuestionKind.Text
                ? fields.Line(name, MaxLength) is { } line ? [line] : []
                : [.. sent.All(name).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];
            if (answer.Count > 0) answers[question.Id] = answer;

            if (errors[name] is not null) continue;
            if (answer.Count == 0 && question.IsRequired) errors.Add(name, $"Please answer: {question.Text}");
            else if (question.Kind != QuestionKind.Text && !answer.All(value => OptionsOf(question).Any(option => option.Value == value))) errors.Add(name, "Choose from the list.");
            else if (question.Kind is not QuestionKind.Choices && answer.Count > 1) errors.Add(name, "Choose one only.");
        }

        return answers;
    }
}
