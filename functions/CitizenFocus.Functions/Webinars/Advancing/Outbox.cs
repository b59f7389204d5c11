using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// Takes the e-mails that a webinar's transactions left as <c>o</c> to the queue. Put first, then deleted: a crash in
/// between puts a message twice, and the send ledger lets one mail through.
/// </summary>
internal sealed class Outbox(RegistrationStore registrations, EmailQueue emails)
{
    private const int MessagesInFlight = 16;
    private const int MaxTransaction = 100;

    /// <summary>Whatever is due, found by reading.</summary>
    public async Task DrainAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        await foreach (var page in registrations.PagesAsync(webinar, "o|", "o}").WithCancellation(cancellationToken))
        {
            await SendAsync(webinar, [.. page.Values.Select(row => row.RowKey)], cancellationToken);
        }
    }

    /// <summary>Those with the given keys.</summary>
    public async Task SendAsync(WebinarSlug webinar, IReadOnlyList<string> rowKeys, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            rowKeys,
            new ParallelOptions { MaxDegreeOfParallelism = MessagesInFlight, CancellationToken = cancellationToken },
            async (rowKey, token) =>
            {
                var (person, key) = RowKeys.ParseOutgoing(rowKey);
                await emails.EnqueueAsync(person, key, TimeSpan.Zero, token);
            });

        foreach (var chunk in rowKeys.Chunk(MaxTransaction))
        {
            await DeleteAsync(webinar, chunk, cancellationToken);
        }
    }

    private async Task DeleteAsync(WebinarSlug webinar, string[] rowKeys, CancellationToken cancellationToken)
    {
        try
        {
            await registrations.CommitAsync(
                [.. rowKeys.Select(rowKey => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(webinar.Value, rowKey), ETag.All))],
                cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            // Another run drained some of them.
            foreach (var rowKey in rowKeys)
            {
                await registrations.DeleteIfExistsAsync(webinar, rowKey, cancellationToken);
            }
        }
    }
}
