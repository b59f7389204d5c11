using CitizenFocus.Functions.Email.Components;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>What every e-mail to a registrant is made from; each shows of it what it needs.</summary>
public abstract class WebinarEmail : EmailComponent
{
    [Parameter, EditorRequired]
    public Webinar Webinar { get; set; } = default!;

    /// <summary>As the registrant typed it; may be empty.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The registrant's own page, where they cancel.</summary>
    [Parameter, EditorRequired]
    public Uri RegistrationUrl { get; set; } = default!;

    /// <summary>The registrant's own way in; never the room's URL.</summary>
    [Parameter, EditorRequired]
    public Uri JoinUrl { get; set; } = default!;

    /// <summary>The registrant's own, where they gave one: the time is shown in it, too.</summary>
    [Parameter]
    public DateTimeZone? TimeZone { get; set; }

    [Parameter, EditorRequired]
    public Uri WebinarUrl { get; set; } = default!;

    /// <summary>A reminder is still to come, so that one may be promised.</summary>
    [Parameter]
    public bool WillRemind { get; set; }

    /// <summary>In the e-mail's language.</summary>
    protected WebinarTimes Times => new(Texts);

    /// <summary>One meets online, or in a place; where the place has a room too, in both.</summary>
    protected bool IsOnline => Webinar.Place is null || Webinar.Room is not null;

    protected bool HasSeveralSessions => Webinar.FurtherSessions.Count > 0;
}
