using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Who proposed a commitment: stands in its own row only, in no list, and is shown to organisers only.</summary>
internal sealed record Proposer
{
    public required PersonId Person { get; init; }

    public required EmailAddress Email { get; init; }

    /// <summary>BCP 47: what their browser asked for.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The wording that was agreed to.</summary>
    public required string ConsentVersion { get; init; }
}
