using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Registrations;

/// <summary>What one person's change does to their registration, to the line and to the seats: one transaction.</summary>
internal sealed class SeatChange(WebinarSlug webinar, PersonId person)
{
    private readonly List<TableTransactionAction> _actions = [];

    public SeatChange Replace(Registration registration, ETag etag) => Do(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(registration), etag);

    public SeatChange Count(Seats seats, ETag etag) => Do(TableTransactionActionType.UpdateReplace, RowMapping.ToEntity(webinar, seats), etag);

    public SeatChange Add(TableEntity row) => Do(TableTransactionActionType.Add, row);

    public SeatChange Delete(string rowKey) => Do(TableTransactionActionType.Delete, new(webinar.Value, rowKey), ETag.All);

    public SeatChange Tell(Email.DeliveryKey email) =>
        Do(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(webinar, RowKeys.Outgoing(person, email)));

    /// <exception cref="TableTransactionFailedException">Nothing was changed: a row was not as expected.</exception>
    public Task CommitAsync(RegistrationStore registrations, CancellationToken cancellationToken) => registrations.CommitAsync(_actions, cancellationToken);

    private SeatChange Do(TableTransactionActionType type, TableEntity row, ETag etag = default)
    {
        _actions.Add(new(type, row, etag));
        return this;
    }
}
