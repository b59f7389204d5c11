using NodaTime;

namespace CitizenFocus.Functions.Webinars;

public sealed record WebinarPageModel
{
    public required Webinar Webinar { get; init; }

    public required Instant Now { get; init; }

    /// <summary>Not below 0; <see langword="null"/> where seats are not limited. At 0 the form is the waiting list's.</summary>
    public int? SeatsLeft { get; init; }

    /// <summary>The form as it is to be shown: new, or with what was typed and what is wrong. <see langword="null"/> where one cannot register.</summary>
    public RegistrationFormModel? Registration { get; init; }

    /// <summary>"Send me my confirmation again"; <see langword="null"/> where that makes no sense any more.</summary>
    public ConfirmationRequestFormModel? ConfirmationRequest { get; init; }

    /// <summary>Why what was sent could not be done, where no field is to blame: say, the webinar was cancelled meanwhile.</summary>
    public string? Refusal { get; init; }
}
