using NodaTime;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>What somebody answered: the row of their <see cref="SurveyPseudonyms"/> in the webinar's partition.</summary>
internal sealed record SurveyAnswer
{
    /// <summary>1, not useful, to 5, very useful.</summary>
    public required int Useful { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public string Comment { get; init; } = "";

    public Again? Again { get; init; }

    /// <summary>The day alone: an exact time would say who, to whoever knows when somebody was at it.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Only of who ticked that the organisers may know.</summary>
    public SurveySignature? Signature { get; init; }
}

/// <summary>Would they come again, or recommend it.</summary>
public enum Again
{
    Yes,
    Maybe,
    No,
}

internal sealed record SurveySignature(string Name, string Email);
