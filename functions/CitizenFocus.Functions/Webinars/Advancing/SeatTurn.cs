using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Advancing;

/// <summary>
/// One run's hold on a webinar's seats: moves are gathered into transactions, each of which replaces <c>s</c> under the
/// ETag that the one before it left. Whoever else moved a seat meanwhile makes the next commit fail, and the run begins anew.
/// </summary>
internal sealed class SeatTurn
{
    // The service takes 100 operations; one is the row of the seats.
    private const int MaxMoves = 99;

    private readonly RegistrationStore _registrations;
    private readonly WebinarSlug _webinar;
    private readonly List<TableTransactionAction> _moves = [];
    private readonly List<string> _outgoing = [];
    private ETag _etag;

    private SeatTurn(RegistrationStore registrations, WebinarSlug webinar, Stored<Seats> seats)
    {
        _registrations = registrations;
        _webinar = webinar;
        _etag = seats.ETag;
        Seats = seats.Value;
    }

    /// <summary>The counts with all moves so far, committed or gathered.</summary>
    public Seats Seats { get; private set; }

    /// <summary>Takes over what changed in the webinar.</summary>
    /// <param name="stored">The seats, read before <paramref name="webinar"/> was; <see langword="null"/> where there was no row.</param>
    public static async Task<SeatTurn> BeginAsync(
        RegistrationStore registrations, Webinar webinar, Stored<Seats>? stored, CancellationToken cancellationToken)
    {
        if (stored is null)
        {
            var fresh = TakeOver(new Seats(), webinar);
            return new(registrations, webinar.Slug, new(fresh, await registrations.AddSeatsAsync(webinar.Slug, fresh, cancellationToken)));
        }

        var turn = new SeatTurn(registrations, webinar.Slug, stored);
        if (TakeOver(stored.Value, webinar) is var current && current != stored.Value)
        {
            turn.Seats = current;
            if (current.Status == WebinarStatus.Cancelled && stored.Value.Status != WebinarStatus.Cancelled)
            {
                turn._moves.Add(new(TableTransactionActionType.UpsertReplace, RegistrationMapping.CallOffPlace(webinar.Slug, RowKeys.BeforeRegistrations)));
            }

            await turn.CommitAsync(cancellationToken);
        }

        return turn;
    }

    public Task ConfirmAsync(string requestKey, PersonId person, int sequence, CancellationToken cancellationToken) =>
        MoveAsync(
            Seats with { Confirmed = Seats.Confirmed + 1 },
            [Delete(requestKey), Decide(person, RegistrationStatus.Confirmed)],
            (person, WebinarDeliveries.Confirmation(_webinar, sequence)),
            cancellationToken);

    public Task PromoteAsync(string placeKey, PersonId person, int sequence, CancellationToken cancellationToken) =>
        MoveAsync(
            Seats with { Confirmed = Seats.Confirmed + 1, Waiting = Seats.Waiting - 1 },
            [Delete(placeKey), Decide(person, RegistrationStatus.Confirmed)],
            (person, WebinarDeliveries.Promoted(_webinar, sequence)),
            cancellationToken);

    /// <summary>Sends a request to the end of the line.</summary>
    public Task JoinLineAsync(string requestKey, PersonId person, int sequence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Clocks of several processes differ; the line's order must not depend on them.
        var place = Math.Max(now.UtcTicks, Seats.LastPlace + 1);
        return MoveAsync(
            Seats with { Waiting = Seats.Waiting + 1, LastPlace = place },
            [
                Delete(requestKey),
                new(TableTransactionActionType.Add, RegistrationMapping.InLine(_webinar, RowKeys.Place(place, person), sequence)),
                Decide(person, RegistrationStatus.Waiting, place),
            ],
            (person, WebinarDeliveries.Waiting(_webinar, sequence)),
            cancellationToken);
    }

    public Task CloseAsync(string requestKey, PersonId person, int sequence, CancellationToken cancellationToken) =>
        MoveAsync(
            Seats,
            [Delete(requestKey), Decide(person, RegistrationStatus.Closed)],
            (person, WebinarDeliveries.Closed(_webinar, sequence)),
            cancellationToken);

    /// <summary>Frees a seat whose undo is over.</summary>
    public Task ReleaseAsync(string holdKey, CancellationToken cancellationToken) =>
        MoveAsync(Seats with { Held = Seats.Held - 1 }, [Delete(holdKey)], null, cancellationToken);

    /// <summary>Commits what is gathered.</summary>
    /// <returns>The rows <c>o</c> that were committed since the last call.</returns>
    public async Task<IReadOnlyList<string>> FinishAsync(CancellationToken cancellationToken)
    {
        if (_moves.Count > 0) await CommitAsync(cancellationToken);
        string[] outgoing = [.. _outgoing];
        _outgoing.Clear();
        return outgoing;
    }

    private async Task MoveAsync(
        Seats after, IReadOnlyCollection<TableTransactionAction> actions, (PersonId Person, DeliveryKey Key)? email, CancellationToken cancellationToken)
    {
        if (_moves.Count + actions.Count + 1 > MaxMoves) await CommitAsync(cancellationToken);

        _moves.AddRange(actions);
        if (email is var (person, key))
        {
            var outgoing = RowKeys.Outgoing(person, key);
            _moves.Add(new(TableTransactionActionType.UpsertReplace, RegistrationMapping.KeyOnly(_webinar, outgoing)));
            _outgoing.Add(outgoing);
        }

        Seats = after;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        TableTransactionAction seats = new(TableTransactionActionType.UpdateReplace, RegistrationMapping.ToEntity(_webinar, Seats), _etag);
        var responses = await _registrations.CommitAsync([seats, .. _moves], cancellationToken);
        _etag = responses[0].Headers.ETag!.Value;
        _moves.Clear();
    }

    private static Seats TakeOver(Seats seats, Webinar webinar) =>
        seats with { Capacity = webinar.Capacity, Revision = webinar.Revision, Status = webinar.Status };

    private TableTransactionAction Delete(string rowKey) =>
        new(TableTransactionActionType.Delete, new TableEntity(_webinar.Value, rowKey), ETag.All);

    // No ETag: the row that goes with the decision (q or w) is deleted in the same transaction, and only its holder decides.
    private TableTransactionAction Decide(PersonId person, RegistrationStatus status, long place = 0) =>
        new(TableTransactionActionType.UpdateMerge, RegistrationMapping.Decision(_webinar, person, status, place), ETag.All);
}
