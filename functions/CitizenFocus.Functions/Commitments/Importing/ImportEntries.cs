using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

/// <summary>
/// Makes proposals of what imports bring. The proposal and the word that its entry was seen are one transaction: brought
/// again, in whatever order and after whatever crash, it is not taken again, even where organisers declined it.
/// </summary>
internal sealed class ImportEntries(CommitmentStore commitments)
{
    private const char Separator = '\n';

    /// <summary>Tells an entry apart from all others.</summary>
    /// <param name="source">Where it comes from: a feed's address.</param>
    /// <param name="entry">What it is called there.</param>
    public static string SeenKey(string source, string entry) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(source + Separator + entry)).AsSpan(0, 20));

    /// <returns><see langword="false"/> where it was taken before.</returns>
    public async Task<bool> TryTakeAsync(Commitment proposal, string seen, CancellationToken cancellationToken) =>
        !await commitments.WasSeenAsync(seen, cancellationToken) && await commitments.TryAddAsync(proposal, null, seen, cancellationToken);
}
