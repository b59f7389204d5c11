using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars;

/// <summary>The small form by which somebody asks for an invitation.</summary>
public sealed record InvitationRequestFormModel
{
    /// <summary>Says when the form was made, signed.</summary>
    public required string FormToken { get; init; }

    public string? Email { get; init; }

    public ValidationErrors Errors { get; init; } = new();
}
