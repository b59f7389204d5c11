using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Api;

/// <summary>Reads the lists of objects in a webinar: what is asked on its form, and who speaks.</summary>
internal sealed class QuestionsInput(Submission.Fields sent, ValidationErrors errors)
{
    private const int MaxCount = 20;
    private const int MaxIdLength = 40;
    private const int MaxQuestionLength = 300;
    private const int MinOptions = 2;
    private const int MaxOptions = 20;
    private const int MaxOptionLength = 100;
    private const int MaxNameLength = 200;
    private const int MaxAboutLength = 500;

    // A table's string holds 32,768 of them.
    private const int MaxStoredLength = 30_000;

    private readonly FieldReader _fields = new(sent, errors);

    public IReadOnlyList<Question> ReadQuestions()
    {
        var questions = new List<Question>();
        foreach (var item in Items("questions"))
        {
            var kind = _fields.Choice($"{item}.kind", QuestionKind.Text);
            questions.Add(new()
            {
                Id = ReadId(item, questions),
                Text = _fields.RequiredLine($"{item}.text", MaxQuestionLength, "Enter the question."),
                Kind = kind,
                IsRequired = _fields.Flag($"{item}.required", false),
                Options = ReadOptions($"{item}.options", kind),
            });
        }

        CheckLength("questions", questions, WebinarColumnsJson.Default.IReadOnlyListQuestion);
        return questions;
    }

    public IReadOnlyList<Speaker> ReadSpeakers()
    {
        var speakers = new List<Speaker>();
        foreach (var item in Items("speakers"))
        {
            speakers.Add(new(
                _fields.RequiredLine($"{item}.name", MaxNameLength, "Enter the speaker's name."),
                _fields.Text($"{item}.about", MaxAboutLength)));
        }

        CheckLength("speakers", speakers, WebinarColumnsJson.Default.IReadOnlyListSpeaker);
        return speakers;
    }

    private IEnumerable<string> Items(string field)
    {
        var items = sent.Items(field);
        if (items.Count > MaxCount) errors.Add(field, $"Use {MaxCount} or fewer.");
        else if (sent.All(field).Any(text => !string.IsNullOrWhiteSpace(text))) errors.Add(field, "Send a list of objects.");
        return items.Take(MaxCount);
    }

    private string ReadId(string item, List<Question> before)
    {
        var field = $"{item}.id";
        var id = TypedText.Clean(sent.Text(field)) ?? string.Create(CultureInfo.InvariantCulture, $"q{before.Count + 1}");
        if (id.Length > MaxIdLength || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Add(field, $"Use 1 to {MaxIdLength} lower-case letters, digits and hyphens.");
        }
        else if (before.Exists(question => question.Id == id))
        {
            errors.Add(field, $"Another question is called {id}. Give each an id of its own.");
        }

        return id;
    }

    private IReadOnlyList<string> ReadOptions(string field, QuestionKind kind)
    {
        var options = sent.All(field).Select(TypedText.Clean).OfType<string>().ToList();
        if (kind is not (QuestionKind.Choice or QuestionKind.Choices))
        {
            if (options.Count > 0) errors.Add(field, "Only the kinds choice and choices have options. Take them out, or choose another kind.");
            return [];
        }

        if (options.Count is < MinOptions or > MaxOptions) errors.Add(field, $"Give {MinOptions} to {MaxOptions} options to choose from.");
        else if (options.Distinct(StringComparer.Ordinal).Count() < options.Count) errors.Add(field, "Give each option once.");
        else if (options.Exists(option => option.Length > MaxOptionLength || !TypedText.IsSingleLine(option)))
        {
            errors.Add(field, $"Use one line of {MaxOptionLength} characters or fewer for each option.");
        }

        return options;
    }

    private void CheckLength<T>(string field, IReadOnlyList<T> list, JsonTypeInfo<IReadOnlyList<T>> type)
    {
        if (JsonSerializer.Serialize(list, type).Length > MaxStoredLength) errors.Add(field, "They are too long all together. Shorten the texts, or use fewer.");
    }
}
