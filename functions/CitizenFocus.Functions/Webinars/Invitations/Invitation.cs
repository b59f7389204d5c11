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

    /// <summary>Which list brought it; an organiser's, where theirs came later.</summary>
    public required string List { get; init; }

    /// <summary>An organiser wants them to come; else they asked for it themselves, as anybody can.</summary>
    public bool IsFromOrganisers => !InvitationKeys.IsStanding(List);

    /// <summary>The series for following which they were invited: who wants no more of it stops to follow, and may be invited by others.</summary>
    public string? Series { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When the button was pressed last.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary><see cref="Series"/>; what an earlier release stored has the webinar's.</summary>
    public string? SeriesIn(Webinar webinar) => Series ?? (List == InvitationKeys.Followers ? webinar.Series : null);
}
