using CitizenFocus.Functions.Webinars.Series;
using NodaTime;

namespace CitizenFocus.Functions.Webinars;

public sealed record WebinarPageModel
{
    public required Webinar Webinar { get; init; }

    public required Instant Now { get; init; }

    /// <summary>Not below 0; <see langword="null"/> where seats are not limited. At 0 the form is the waiting list's.</summary>
    public int? SeatsLeft { get; init; }

    /// <summary>What it is part of.</summary>
    public WebinarSeries? Series { get; init; }

    /// <summary>What there is to read, from the library.</summary>
    public IReadOnlyList<Material> Materials { get; init; } = [];

    /// <summary>The form as it is to be shown: new, or with what was typed and what is wrong. <see langword="null"/> where one cannot register.</summary>
    public RegistrationFormModel? Registration { get; init; }

    /// <summary>"Send me my confirmation again"; <see langword="null"/> where that makes no sense, or not any more.</summary>
    public ConfirmationRequestFormModel? ConfirmationRequest { get; init; }

    /// <summary>"Invite me": where registration opens later, or is for those who are invited; else <see langword="null"/>.</summary>
    public InvitationRequestFormModel? InvitationRequest { get; init; }

    /// <summary>Why what was sent could not be done, where no field is to blame: say, the webinar was cancelled meanwhile.</summary>
    public string? Refusal { get; init; }
}

/// <summary>A document of the library that belongs to a webinar.</summary>
public sealed record Material(string Id, string Title);
