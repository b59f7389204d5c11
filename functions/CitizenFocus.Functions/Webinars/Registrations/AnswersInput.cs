using System.Text.Json;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>The answers to a webinar's own questions, judged all at once; ids that it does not ask for are ignored.</summary>
internal static class AnswersInput
{
    /// <summary>Of all answers as they are stored, in UTF-16 code units: a column holds 32,768 of them.</summary>
    private const int MaxStoredLength = 30_000;

    /// <returns>What is to be stored, of the questions that were answered; of no use where there is any error.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Webinar webinar, Submission.Fields sent, ValidationErrors errors)
    {
        if (webinar.Questions.Count == 0) return Registration.NoAnswers;

        var answers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var question in webinar.Questions)
        {
            var field = AnswersModel.Field(question.Id);
            var answer = question.Kind switch
            {
                QuestionKind.Text => ReadText(field, sent, errors),
                QuestionKind.YesNo => ReadChoice(field, YesOrNo(sent.Text(field)), [AnswersModel.Yes, AnswersModel.No], errors),
                QuestionKind.Choice => ReadChoice(field, sent.Text(field), question.Options, errors),
                QuestionKind.Choices => ReadChoices(field, sent.All(field), question.Options, errors),
                _ => throw new InvalidOperationException($"No reading of {question.Kind}."),
            };
            if (answer.Count > 0) answers[question.Id] = answer;
            else if (question.IsRequired && errors[field] is null) errors.Add(field, Ask(question));
        }

        if (JsonSerializer.Serialize(answers, WebinarColumnsJson.Default.IReadOnlyDictionaryStringIReadOnlyListString).Length > MaxStoredLength)
        {
            var longest = answers.MaxBy(answer => answer.Value.Sum(value => value.Length)).Key;
            errors.Add(AnswersModel.Field(longest), "Your answers are too long together. Shorten this one, please.");
        }

        return answers;
    }

    private static string Ask(Question question) => question.Kind switch
    {
        QuestionKind.Text => $"Answer this: {question.Text}",
        QuestionKind.Choices => $"Choose one or more: {question.Text}",
        _ => $"Choose one: {question.Text}",
    };

    // Browsers send a line break as two characters and count it as one.
    private static IReadOnlyList<string> ReadText(string field, Submission.Fields sent, ValidationErrors errors)
    {
        var typed = (sent.Text(field) ?? "").ReplaceLineEndings("\n");
        if (!TypedText.IsText(typed))
        {
            errors.Add(field, "Use letters, digits, spaces and punctuation only.");
            return [];
        }

        if (TypedText.Clean(typed) is not { } text) return [];
        if (text.Length > AnswersModel.MaxTextLength) errors.Add(field, $"Use {AnswersModel.MaxTextLength} characters or fewer.");
        return [text];
    }

    private static IReadOnlyList<string> ReadChoice(string field, string? chosen, IReadOnlyList<string> options, ValidationErrors errors)
    {
        if (string.IsNullOrEmpty(chosen)) return [];
        if (!options.Contains(chosen, StringComparer.Ordinal)) errors.Add(field, "Choose one of the answers that are offered.");
        return [chosen];
    }

    private static IReadOnlyList<string> ReadChoices(string field, IReadOnlyList<string> chosen, IReadOnlyList<string> options, ValidationErrors errors)
    {
        if (chosen.Any(value => value.Length > 0 && !options.Contains(value, StringComparer.Ordinal))) errors.Add(field, "Choose among the answers that are offered.");
        return [.. options.Where(option => chosen.Contains(option, StringComparer.Ordinal))];
    }

    /// <summary>JSON has words of its own for it.</summary>
    private static string? YesOrNo(string? sent) => sent switch
    {
        "true" => AnswersModel.Yes,
        "false" => AnswersModel.No,
        _ => sent,
    };
}
