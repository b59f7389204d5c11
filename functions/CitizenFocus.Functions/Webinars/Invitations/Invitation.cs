using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>That a person is invited to a webinar: once, whichever list came first.</summary>
internal sealed record Invitation
{
    public required WebinarSlug Webinar { get; init; }

    public required PersonId Person { get; init; }

    public required EmailAddress Email { get; init; }

    /// <summary>One line; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Which list brought it.</summary>
    public required string List { get; init; }

    /// <summary>Invited for following the series: who wants no more of it stops to follow, and may be invited by others.</summary>
    public bool IsFollowers => List == InvitationKeys.Followers;

    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When the button was pressed last.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
}
