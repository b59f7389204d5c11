using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>The links in digests: whom they are about.</summary>
internal static class DigestTokens
{
    /// <returns><see langword="null"/> for a token that is not ours, or not valid any more.</returns>
    public static PersonId? PersonOf(this Tokens tokens, TokenPurpose purpose, string token) =>
        tokens.Read(purpose, token) is TokenReading.Valid(var subject) && PersonId.TryParse(subject, out var person) ? person : null;
}
