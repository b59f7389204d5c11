namespace CitizenFocus.Functions.Commitments;

/// <summary>
/// Told of each commitment that is about to be published, before it is: what it writes is there when the commitment is, and
/// stays without one where the process dies in between or an organiser's request is refused. Whoever reads it asks
/// <see cref="CommitmentService.FindAsync"/> whether it has come.
/// </summary>
internal interface ICommitmentPublication
{
    /// <summary>May be called several times for the same commitment, and, where two organisers publish it at once, just after it is published: to run twice, even at once, must be harmless.</summary>
    Task AnnounceAsync(string commitment, IReadOnlyList<string> topics, CancellationToken cancellationToken);
}
