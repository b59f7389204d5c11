using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Webinars;

/// <summary>Answers to a webinar's own questions, as they stand in a form: by the question's id, and as they were sent.</summary>
public sealed class AnswersModel(IReadOnlyDictionary<string, IReadOnlyList<string>> answers)
{
    /// <summary>Of a text, in UTF-16 code units, a line break being one.</summary>
    public const int MaxTextLength = 1_000;

    /// <summary>The answers to a yes-or-no question.</summary>
    public const string Yes = "yes";

    /// <inheritdoc cref="Yes"/>
    public const string No = "no";

    private const string Prefix = "answers.";

    public static AnswersModel None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Empty where it was not answered.</summary>
    public IReadOnlyList<string> this[string question] => answers.TryGetValue(question, out var given) ? given : [];

    /// <summary>The name of a question's form field, and of its errors.</summary>
    public static string Field(string question) => Prefix + question;

    /// <summary>Those among the fields that were sent.</summary>
    public static AnswersModel From(IReadOnlyDictionary<string, StringValues> values) => new(values
        .Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(field => field.Key[Prefix.Length..], field => (IReadOnlyList<string>)[.. field.Value.OfType<string>()], StringComparer.Ordinal));
}
