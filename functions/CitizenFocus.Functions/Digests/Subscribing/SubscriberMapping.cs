using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Digests;

/// <summary>Subscribers as columns, and back.</summary>
internal static class SubscriberMapping
{
    private const int SchemaVersion = 1;
    private const char Separator = '\n';

    public static TableEntity ToEntity(Subscriber subscriber)
    {
        var entity = Wish(new(subscriber.Person.Shard, subscriber.Person.Value), subscriber.Wish);
        entity["SchemaVersion"] = SchemaVersion;
        entity["Email"] = subscriber.Email.Value;
        entity["IsActive"] = subscriber.IsActive;
        entity["ConfirmedAt"] = subscriber.ConfirmedAt;
        entity["CoveredUntil"] = subscriber.CoveredUntil;
        return entity;
    }

    public static TableEntity Wish(TableEntity entity, SubscriptionWish wish)
    {
        entity["Topics"] = string.Join(Separator, wish.Topics);
        entity["Language"] = wish.Language;
        entity["Cadence"] = wish.Cadence.ToString();
        return entity;
    }

    /// <summary>The ledger's columns, and none of the subscription's; what is not there any more is empty, since a merge takes nothing away.</summary>
    public static TableEntity Ledger(Subscriber subscriber)
    {
        var last = subscriber.Last ?? throw new ArgumentException("Nothing was sent.", nameof(subscriber));
        return new(subscriber.Person.Shard, subscriber.Person.Value)
        {
            ["CoveredUntil"] = subscriber.CoveredUntil,
            ["Issue"] = last.Issue.ToString(),
            ["State"] = last.State.ToString(),
            ["CoveredFrom"] = last.CoveredFrom,
            ["Attempt"] = last.Attempt,
            ["Unanswered"] = last.Unanswered,
            ["Provider"] = last.Provider ?? "",
            ["ProviderId"] = last.ProviderId ?? "",
            ["Call"] = last.Call ?? "",
            ["Reason"] = last.Reason ?? "",
            ["Decision"] = last.Decision ?? "",
            ["DueAt"] = last.DueAt ?? DateTimeOffset.UnixEpoch,
            ["CreatedAt"] = last.CreatedAt,
            ["UpdatedAt"] = last.UpdatedAt,
        };
    }

    /// <summary>A report's columns, which bear the name of the issue that they are about: the ledger's may be of another by then.</summary>
    public static TableEntity Report(PersonId person, IssueKey issue, DeliveryReportState state, DateTimeOffset at, string? reason) => new(person.Shard, person.Value)
    {
        ["ReportIssue"] = issue.ToString(),
        ["Report"] = state.ToString(),
        ["ReportedAt"] = at,
        ["ReportReason"] = reason ?? "",
    };

    public static Subscriber FromEntity(TableEntity entity) => new()
    {
        Person = PersonId.Parse(entity.RowKey),
        Email = EmailAddress.Parse(entity.Required("Email")),
        Wish = WishOf(entity),
        IsActive = entity.GetBoolean("IsActive") ?? false,
        ConfirmedAt = entity.GetDateTimeOffset("ConfirmedAt") ?? default,
        LeftAt = entity.GetDateTimeOffset("LeftAt"),
        CoveredUntil = entity.GetInt32("CoveredUntil") ?? 0,
        Last = entity.GetString("Issue") is { Length: > 0 } issue ? LastOf(entity, IssueKey.Parse(issue)) : null,
    };

    public static SubscriptionWish WishOf(TableEntity entity) => new()
    {
        Topics = (entity.GetString("Topics") ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries),
        Language = entity.GetString("Language") ?? "en",
        Cadence = Enum.Parse<DigestCadence>(entity.Required("Cadence")),
    };

    private static DigestDelivery LastOf(TableEntity entity, IssueKey issue)
    {
        var isReported = entity.GetString("ReportIssue") == issue.ToString();
        return new()
        {
            Issue = issue,
            State = Enum.Parse<DeliveryState>(entity.Required("State")),
            CoveredFrom = entity.GetInt32("CoveredFrom") ?? 0,
            Attempt = entity.GetInt32("Attempt") ?? 0,
            Unanswered = entity.GetInt32("Unanswered") ?? 0,
            Provider = Text("Provider"),
            ProviderId = Text("ProviderId"),
            Call = Text("Call"),
            Reason = Text("Reason"),
            Decision = Text("Decision"),
            DueAt = entity.GetDateTimeOffset("DueAt") is { } due && due > DateTimeOffset.UnixEpoch ? due : null,
            CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
            UpdatedAt = entity.GetDateTimeOffset("UpdatedAt") ?? default,
            Report = isReported && Text("Report") is { } report ? Enum.Parse<DeliveryReportState>(report) : null,
            ReportedAt = isReported ? entity.GetDateTimeOffset("ReportedAt") : null,
            ReportReason = isReported ? Text("ReportReason") : null,
        };

        string? Text(string column) => entity.GetString(column) is { Length: > 0 } text ? text : null;
    }
}
