using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>
/// The table Deliveries: a row an e-mail, in the person's partition, written before the e-mail goes out. Whoever finds a
/// row knows whether to send.
/// </summary>
internal sealed class SendLedger(Hosting.Storage storage, TimeProvider clock)
{
    public const string TableName = "Deliveries";

    private readonly TableClient _table = storage.Table(TableName);

    public async Task<Stored<Delivery>?> FindAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(person.Value, key.Value, cancellationToken: cancellationToken);
        return found.HasValue ? new(DeliveryMapping.FromEntity(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>Takes the right to send, for as long as the sender may take.</summary>
    /// <param name="existing">The row as it was found, to take over; <see langword="null"/> where there was none.</param>
    /// <returns><see langword="null"/> where somebody else was first.</returns>
    public async Task<Stored<Delivery>?> TryClaimAsync(
        PersonId person, DeliveryKey key, Stored<Delivery>? existing, IEmailSender sender, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claim = new Delivery
        {
            Person = person,
            Key = key,
            State = DeliveryState.Sending,
            Attempt = (existing?.Value.Attempt ?? 0) + 1,
            LeaseUntil = now + sender.Lease,
            Provider = sender.Name,
            CreatedAt = existing?.Value.CreatedAt ?? now,
            UpdatedAt = now,
            OperationId = Guid.NewGuid().ToString("N"),
        };
        try
        {
            var response = await PutAsync(claim, existing?.ETag, cancellationToken);
            return new(claim, response.Headers.ETag!.Value);
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            // The answer to our own first try may have been lost.
            return await FindAsync(person, key, cancellationToken) is { } found && found.Value.OperationId == claim.OperationId ? found : null;
        }
    }

    /// <summary>Writes down what became of a claim.</summary>
    /// <returns><see langword="false"/> where the claim was taken over meanwhile: its new holder decides.</returns>
    public async Task<bool> TrySettleAsync(Stored<Delivery> claim, DeliveryState state, string? reason, string? providerId, CancellationToken cancellationToken)
    {
        var settled = claim.Value with { State = state, Reason = reason, ProviderId = providerId, LeaseUntil = null, UpdatedAt = clock.GetUtcNow() };
        try
        {
            await PutAsync(settled, claim.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            return false;
        }
    }

    /// <summary>Writes down, where no row is yet, that an e-mail is not sent, and why.</summary>
    public async Task SkipAsync(PersonId person, DeliveryKey key, Stored<Delivery>? existing, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var skipped = new Delivery
        {
            Person = person,
            Key = key,
            State = DeliveryState.Skipped,
            Reason = reason,
            Attempt = existing?.Value.Attempt ?? 0,
            CreatedAt = existing?.Value.CreatedAt ?? now,
            UpdatedAt = now,
            OperationId = Guid.NewGuid().ToString("N"),
        };
        try
        {
            await PutAsync(skipped, existing?.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            // Somebody else decided; the next delivery of the message, if there is one, finds it.
        }
    }

    /// <param name="etag">Of the row that it replaces; <see langword="null"/> adds one.</param>
    private Task<Response> PutAsync(Delivery delivery, ETag? etag, CancellationToken cancellationToken)
    {
        var entity = DeliveryMapping.ToEntity(delivery);
        return etag is { } expected
            ? _table.UpdateEntityAsync(entity, expected, TableUpdateMode.Replace, cancellationToken)
            : _table.AddEntityAsync(entity, cancellationToken);
    }
}
