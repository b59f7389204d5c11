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

    /// <summary>All e-mails to a person.</summary>
    public async Task<IReadOnlyList<Delivery>> ListAsync(PersonId person, CancellationToken cancellationToken)
    {
        var rows = new List<Delivery>();
        await foreach (var row in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {person.Value}"), cancellationToken: cancellationToken))
        {
            rows.Add(DeliveryMapping.FromEntity(row));
        }

        return rows;
    }

    /// <summary>Takes the right to send, for as long as the sender may take.</summary>
    /// <param name="existing">The row as it was found, to take over; <see langword="null"/> where there was none.</param>
    /// <param name="decision">How an attempt without an answer was settled, where this one comes of that.</param>
    /// <returns><see langword="null"/> where somebody else was first.</returns>
    public async Task<Stored<Delivery>?> TryClaimAsync(
        PersonId person, DeliveryKey key, Stored<Delivery>? existing, IEmailSender sender, string? decision, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var claim = New(person, key, existing) with
        {
            State = DeliveryState.Sending,
            Attempt = (existing?.Value.Attempt ?? 0) + 1,
            LeaseUntil = now + sender.Lease,
            Provider = sender.Name,
            Decision = decision ?? existing?.Value.Decision,
        };
        try
        {
            return await WriteAsync(claim, existing?.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            // The answer to our own first try may have been lost.
            return await FindAsync(person, key, cancellationToken) is { } found && found.Value.OperationId == claim.OperationId ? found : null;
        }
    }

    /// <summary>Writes down what became of a claim.</summary>
    /// <returns>The row as it is now; <see langword="null"/> where the claim was taken over meanwhile: its new holder decides.</returns>
    public async Task<Stored<Delivery>?> TrySettleAsync(Stored<Delivery> claim, Func<Delivery, Delivery> change, CancellationToken cancellationToken)
    {
        var current = claim;
        while (true)
        {
            var settled = change(current.Value with { LeaseUntil = null, DueAt = null, UpdatedAt = clock.GetUtcNow() });
            try
            {
                return await WriteAsync(settled, current.ETag, cancellationToken);
            }
            catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
            {
                // A report may have come first, or the answer to our own first try was lost; the claim is the same then.
                if (await FindAsync(claim.Value.Person, claim.Value.Key, cancellationToken) is not { } found || found.Value.OperationId != claim.Value.OperationId) return null;
                if (found.Value.State != claim.Value.State) return found;
                current = found;
            }
        }
    }

    /// <summary>Writes down that an e-mail has not been sent, or will not be.</summary>
    /// <param name="existing">The row as it was found; <see langword="null"/> where there was none.</param>
    /// <returns><see langword="null"/> where somebody else decided meanwhile: the next delivery of the message, if there is one, finds it.</returns>
    public async Task<Stored<Delivery>?> TryNoteAsync(
        PersonId person, DeliveryKey key, Stored<Delivery>? existing, DeliveryState state, string reason, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        var noted = New(person, key, existing) with { State = state, Reason = reason, DueAt = dueAt };
        try
        {
            return await WriteAsync(noted, existing?.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (OptimisticRetry.IsConflict(e))
        {
            return null;
        }
    }

    /// <summary>Merges what a provider reports into the row.</summary>
    /// <param name="change">Leaves the row as it is where it tells nothing new.</param>
    /// <returns>The row as it is now; <see langword="null"/> where there is none.</returns>
    public Task<Delivery?> ReportAsync(PersonId person, DeliveryKey key, Func<Delivery, Delivery> change, CancellationToken cancellationToken) => OptimisticRetry.RunAsync(async () =>
    {
        if (await FindAsync(person, key, cancellationToken) is not { } found) return null;
        var changed = change(found.Value);
        if (changed == found.Value) return changed;
        await PutAsync(changed, found.ETag, cancellationToken);
        if (changed.Report is { } report && report != found.Value.Report) EmailMetrics.Reported(report, changed.Provider, key.Kind);
        return changed;
    });

    private Delivery New(PersonId person, DeliveryKey key, Stored<Delivery>? existing)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Person = person,
            Key = key,
            State = DeliveryState.Later,
            Attempt = existing?.Value.Attempt ?? 0,
            Unanswered = existing?.Value.Unanswered ?? 0,
            Provider = existing?.Value.Provider,
            ProviderId = existing?.Value.ProviderId,
            Decision = existing?.Value.Decision,
            Report = existing?.Value.Report,
            ReportedAt = existing?.Value.ReportedAt,
            ReportReason = existing?.Value.ReportReason,
            CreatedAt = existing?.Value.CreatedAt ?? now,
            UpdatedAt = now,
            OperationId = Guid.NewGuid().ToString("N"),
        };
    }

    /// <summary>Puts a row with a state of its own, which is counted.</summary>
    private async Task<Stored<Delivery>> WriteAsync(Delivery delivery, ETag? etag, CancellationToken cancellationToken)
    {
        var written = await PutAsync(delivery, etag, cancellationToken);
        EmailMetrics.Changed(delivery);
        return new(delivery, written);
    }

    /// <param name="etag">Of the row that it replaces; <see langword="null"/> adds one.</param>
    private async Task<ETag> PutAsync(Delivery delivery, ETag? etag, CancellationToken cancellationToken)
    {
        var entity = DeliveryMapping.ToEntity(delivery);
        var response = etag is { } expected
            ? await _table.UpdateEntityAsync(entity, expected, TableUpdateMode.Replace, cancellationToken)
            : await _table.AddEntityAsync(entity, cancellationToken);
        return response.Headers.ETag!.Value;
    }
}
