namespace CitizenFocus.Functions.Webinars;

/// <summary>What an organiser asks on the registration form of one webinar.</summary>
public sealed record Question
{
    /// <summary>Names the answer: 1 to 40 lower-case letters, digits and hyphens, unique in the webinar. The form's field is <c>answers.{id}</c>.</summary>
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required QuestionKind Kind { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>To choose from, for <see cref="QuestionKind.Choice"/> and <see cref="QuestionKind.Choices"/>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

public enum QuestionKind
{
    Text,

    /// <summary>One of the options.</summary>
    Choice,

    /// <summary>Any of the options.</summary>
    Choices,

    /// <summary>Answered <c>yes</c> or <c>no</c>.</summary>
    YesNo,
}
