using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Invitations;

public sealed record InvitationPageModel
{
    public required Webinar Webinar { get; init; }

    public required InvitationPageState State { get; init; }

    /// <summary>The page's own token, for the paths of its forms.</summary>
    public required string Token { get; init; }

    /// <summary>To whom the invitation was sent: shown, and not to be changed.</summary>
    public required string Email { get; init; }

    /// <summary>As it is to be shown in its field.</summary>
    public string Name { get; init; } = "";

    /// <summary>To the webinar's questions, as they were typed.</summary>
    public AnswersModel Answers { get; init; } = AnswersModel.None;

    public ValidationErrors Errors { get; init; } = new();
}

/// <summary>What an invitation's page offers; a closed set.</summary>
public enum InvitationPageState
{
    /// <summary>The button is there.</summary>
    Open,

    /// <summary>Registration opens later.</summary>
    NotYetOpen,

    /// <summary>There is a registration: by this page, or another way.</summary>
    Accepted,

    /// <summary>Registration has closed.</summary>
    Closed,

    Over,

    Cancelled,
}
