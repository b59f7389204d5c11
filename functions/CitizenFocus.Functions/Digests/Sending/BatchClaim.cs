using System.Globalization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>The rows of a step before the provider is asked: claimed, or skipped; and the calls that it will be asked by.</summary>
internal sealed class BatchClaim
{
    private BatchClaim(IReadOnlyList<ShardChange> changes, IReadOnlyList<BatchCall> calls) => (Changes, Calls) = (changes, calls);

    public IReadOnlyList<ShardChange> Changes { get; }

    /// <summary>One for all who get the same.</summary>
    public IReadOnlyList<BatchCall> Calls { get; }

    /// <param name="sender"><see langword="null"/> where nobody is to get anything.</param>
    public static BatchClaim Of(DigestIssue issue, IReadOnlyList<BatchEntry> batch, IEmailSender? sender, DateTimeOffset now)
    {
        var operation = Guid.NewGuid().ToString("N")[..16];
        var (changes, calls) = (new List<ShardChange>(batch.Count), new Dictionary<string, BatchCall>(StringComparer.Ordinal));
        foreach (var entry in batch)
        {
            if (entry.Skip is { } reason)
            {
                changes.Add(new(Skipped(entry, issue, reason, now), entry.Subscriber.ETag));
                continue;
            }

            var language = EmailLanguage.Of(entry.Subscriber.Value.Wish.Language);
            var content = $"{language.Tag}:{string.Join(',', entry.Items.Select(item => item.Number))}";
            if (!calls.TryGetValue(content, out var call))
            {
                calls[content] = call = new(string.Create(CultureInfo.InvariantCulture, $"{operation}.{calls.Count}"), entry.Items, language);
            }

            var claimed = Claimed(entry, issue, sender!, call.Id, now);
            call.People.Add(claimed);
            changes.Add(new(claimed, entry.IsRepeat ? ETag.All : entry.Subscriber.ETag));
        }

        return new(changes, [.. calls.Values]);
    }

    private static Subscriber Claimed(BatchEntry entry, DigestIssue issue, IEmailSender sender, string call, DateTimeOffset now)
    {
        var claim = New(entry, issue, now);
        return entry.Subscriber.Value with
        {
            CoveredUntil = issue.UpTo,
            Last = claim with
            {
                State = DeliveryState.Sending,
                Attempt = claim.Attempt + 1,
                Provider = sender.Name,
                Call = call,
                Reason = null,
                Decision = entry.Decision ?? claim.Decision,
                DueAt = null,
            },
        };
    }

    private static Subscriber Skipped(BatchEntry entry, DigestIssue issue, string reason, DateTimeOffset now) => entry.Subscriber.Value with
    {
        CoveredUntil = issue.UpTo,
        Last = New(entry, issue, now) with { State = DeliveryState.Skipped, Reason = reason },
    };

    /// <summary>Goes on where the same issue was tried before.</summary>
    private static DigestDelivery New(BatchEntry entry, DigestIssue issue, DateTimeOffset now)
    {
        var subscriber = entry.Subscriber.Value;
        return subscriber.Last is { } last && last.Issue == issue.Key
            ? last with { UpdatedAt = now, CoveredFrom = entry.IsRepeat ? last.CoveredFrom : subscriber.CoveredUntil }
            : new() { Issue = issue.Key, State = DeliveryState.Skipped, CoveredFrom = subscriber.CoveredUntil, CreatedAt = now, UpdatedAt = now };
    }
}

/// <summary>One call of a provider, as far as it takes many at once.</summary>
internal sealed class BatchCall(string id, IReadOnlyList<DigestItem> items, EmailLanguage language)
{
    public string Id => id;

    public IReadOnlyList<DigestItem> Items => items;

    public EmailLanguage Language => language;

    public List<Subscriber> People { get; } = [];

    /// <summary>Some of them are in other calls now, by person.</summary>
    public void Rename(IReadOnlyDictionary<PersonId, string> calls)
    {
        for (var n = 0; n < People.Count; n++)
        {
            if (calls.TryGetValue(People[n].Person, out var id)) People[n] = People[n] with { Last = People[n].Last! with { Call = id } };
        }
    }
}
