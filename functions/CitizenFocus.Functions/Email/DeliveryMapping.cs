using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>A row of the send ledger as a table entity and back.</summary>
internal static class DeliveryMapping
{
    private const int SchemaVersion = 1;

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
        if (delivery.LeaseUntil is { } leaseUntil) entity["LeaseUntil"] = leaseUntil;
        if (delivery.Provider is { } provider) entity["Provider"] = provider;
        if (delivery.ProviderId is { } providerId) entity["ProviderId"] = providerId;
        if (delivery.Reason is { } reason) entity["Reason"] = reason;
        return entity;
    }

    public static Delivery FromEntity(TableEntity entity) => new()
    {
        Person = PersonId.Parse(entity.PartitionKey),
        Key = DeliveryKey.Parse(entity.RowKey),
        State = Enum.Parse<DeliveryState>(entity.Required("State")),
        Attempt = entity.GetInt32("Attempt") ?? 0,
        LeaseUntil = entity.GetDateTimeOffset("LeaseUntil"),
        Provider = entity.GetString("Provider"),
        ProviderId = entity.GetString("ProviderId"),
        Reason = entity.GetString("Reason"),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        UpdatedAt = entity.GetDateTimeOffset("UpdatedAt") ?? default,
        OperationId = entity.GetString("OperationId") ?? "",
    };
}
