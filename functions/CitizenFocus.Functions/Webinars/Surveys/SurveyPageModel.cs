namespace CitizenFocus.Functions.Webinars.Surveys;

public sealed record SurveyPageModel
{
    public required Webinar Webinar { get; init; }

    public required SurveyPageState State { get; init; }

    /// <summary>The page's own, for the path of its form.</summary>
    public required string Token { get; init; }

    /// <summary>What was answered is not shown: programs that check e-mails open this page, too.</summary>
    public bool HasAnswered { get; init; }

    public SurveyFormModel Form { get; init; } = new();
}

/// <summary>Whether somebody may answer; a closed set.</summary>
public enum SurveyPageState
{
    Open,

    /// <summary>The webinar has not begun.</summary>
    Early,

    /// <summary>It is for those who had a seat.</summary>
    NoSeat,

    /// <summary>The webinar was cancelled.</summary>
    Cancelled,
}
