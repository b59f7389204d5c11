using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>A row of the send ledger as a table entity and back.</summary>
internal static class DeliveryMapping
{
    // Version 1 lacks the columns that may be missing.
    private const int SchemaVersion = 2;

    public static TableEntity ToEntity(Delivery delivery)
    {
        var entity = new TableEntity(delivery.Person.Value, delivery.Key.Value)
        {
            ["SchemaVersion"] = SchemaVersion,
            ["State"] = delivery.State.ToString(),
            ["Attempt"] = delivery.Attempt,
            ["CreatedAt"] = delivery.CreatedAt,
            ["UpdatedAt"] = delivery.UpdatedAt,
            ["OperationId"] = delivery.OperationId,
        };
        foreach (var (column, value) in new (string, object?)[]
        {
            (nameof(Delivery.Unanswered), delivery.Unanswered == 0 ? null : delivery.Unanswered),
            (nameof(Delivery.LeaseUntil), delivery.LeaseUntil),
            (nameof(Delivery.Provider), delivery.Provider),
            (nameof(Delivery.ProviderId), delivery.ProviderId),
            (nameof(Delivery.Reason), delivery.Reason),
            (nameof(Delivery.Decision), delivery.Decision),
            (nameof(Delivery.DueAt), delivery.DueAt),
            (nameof(Delivery.Report), delivery.Report?.ToString()),
            (nameof(Delivery.ReportedAt), delivery.ReportedAt),
            (nameof(Delivery.ReportReason), delivery.ReportReason),
        })
        {
            if (value is not null) entity[column] = value;
        }

        return entity;
    }

    public static Delivery FromEntity(TableEntity entity) => new()
    {
        Person = PersonId.Parse(entity.PartitionKey),
        Key = DeliveryKey.Parse(entity.RowKey),
        State = Enum.Parse<DeliveryState>(entity.Required("State")),
        Attempt = entity.GetInt32("Attempt") ?? 0,
        Unanswered = entity.GetInt32(nameof(Delivery.Unanswered)) ?? 0,
        LeaseUntil = entity.GetDateTimeOffset(nameof(Delivery.LeaseUntil)),
        Provider = entity.GetString(nameof(Delivery.Provider)),
        ProviderId = entity.GetString(nameof(Delivery.ProviderId)),
        Reason = entity.GetString(nameof(Delivery.Reason)),
        Decision = entity.GetString(nameof(Delivery.Decision)),
        DueAt = entity.GetDateTimeOffset(nameof(Delivery.DueAt)),
        Report = Enum.TryParse<DeliveryReportState>(entity.GetString(nameof(Delivery.Report)), out var report) ? report : null,
        ReportedAt = entity.GetDateTimeOffset(nameof(Delivery.ReportedAt)),
        ReportReason = entity.GetString(nameof(Delivery.ReportReason)),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        UpdatedAt = entity.GetDateTimeOffset("UpdatedAt") ?? default,
        OperationId = entity.GetString("OperationId") ?? "",
    };
}
