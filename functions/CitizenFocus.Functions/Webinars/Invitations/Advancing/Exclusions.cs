using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>
/// Who is not to be invited, as one run of a list knows it. Asked about few, it looks at each; asked about many, it reads
/// all keys once, a request a thousand. Who registers or leaves after that is left out by the mail's composer.
/// </summary>
internal sealed class Exclusions(WebinarSlug webinar, RegistrationStore registrations, Suppressions suppressions)
{
    private const int Few = 16;
    private const int ReadsInFlight = 16;

    private static readonly RegistrationStatus[] Live =
    [
        RegistrationStatus.Requested, RegistrationStatus.Confirmed, RegistrationStatus.Pending, RegistrationStatus.Waiting,
        RegistrationStatus.Offered, RegistrationStatus.Dormant,
    ];

    private HashSet<PersonId>? _registered;
    private HashSet<PersonId>? _suppressed;

    public static bool IsLive(Registration? registration) => registration is not null && Live.Contains(registration.Status);

    /// <returns>Those of <paramref name="people"/> who are excluded, and why.</returns>
    public async Task<IReadOnlyDictionary<PersonId, RowOutcome>> AmongAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        if (people.Count > Few || _registered is not null)
        {
            _suppressed ??= await suppressions.ListAsync(cancellationToken);
            _registered ??= await ListRegisteredAsync(cancellationToken);
        }

        var excluded = new System.Collections.Concurrent.ConcurrentDictionary<PersonId, RowOutcome>();
        await Parallel.ForEachAsync(
            people,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsInFlight, CancellationToken = cancellationToken },
            async (person, token) =>
            {
                if (await IsSuppressedAsync(person, token)) excluded[person] = RowOutcome.Suppressed;
                else if (await IsRegisteredAsync(person, token)) excluded[person] = RowOutcome.AlreadyRegistered;
            });
        return excluded;
    }

    private async ValueTask<bool> IsSuppressedAsync(PersonId person, CancellationToken cancellationToken) =>
        _suppressed?.Contains(person) ?? await suppressions.FindAsync(person, cancellationToken) is not null;

    private async ValueTask<bool> IsRegisteredAsync(PersonId person, CancellationToken cancellationToken) =>
        _registered?.Contains(person) ?? IsLive((await registrations.FindAsync(webinar, person, cancellationToken))?.Value);

    private async Task<HashSet<PersonId>> ListRegisteredAsync(CancellationToken cancellationToken)
    {
        var (people, after) = (new HashSet<PersonId>(), RowKeys.BeforeRegistrations);
        while (await registrations.ListAfterAsync(webinar, after, Live, 1_000, [], cancellationToken) is { Count: > 0 } page)
        {
            people.UnionWith(page.Select(row => RowKeys.PersonOf(row.RowKey)));
            after = page[^1].RowKey;
        }

        return people;
    }
}
