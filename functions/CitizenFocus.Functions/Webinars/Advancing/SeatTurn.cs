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
    private readonly List<string> _decisions = [];
    private readonly DateTimeOffset _now;
    private ETag _etag;

    private SeatTurn(RegistrationStore registrations, WebinarSlug webinar, Stored<Seats> seats, DateTimeOffset now)
    {
        _now = now;
        _registrations = registrations;
        _webinar = webinar;
        _etag = seats.ETag;
        Seats = seats.Value;
    }

    /// <summary>The counts with all moves so far, committed or gathered.</summary>
    public Seats Seats { get; private set; }

    /// <summary>Takes over what changed in the webinar.</summary>
    /// <param name="registrations">Where the rows are.</param>
    /// <param name="webinar">As it is now.</param>
    /// <param name="stored">The seats, read before <paramref name="webinar"/> was; <see langword="null"/> where there was no row.</param>
    /// <param name="now">The run's time.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<SeatTurn> BeginAsync(
        RegistrationStore registrations, Webinar webinar, Stored<Seats>? stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var takeOver = TakeOver.Of(webinar, stored?.Value, now);
        var turn = new SeatTurn(registrations, webinar.Slug, new(takeOver.Seats, stored?.ETag ?? default), now);
        if (stored is null)
        {
            var added = await registrations.CommitAsync(
                [new(TableTransactionActionType.Add, RowMapping.ToEntity(webinar.Slug, takeOver.Seats)), .. takeOver.Rows], cancellationToken);
            turn._etag = added[0].Headers.ETag!.Value;
        }
        else if (takeOver.Seats != stored.Value)
        {
            turn._moves.AddRange(takeOver.Rows);
            await turn.CommitAsync(cancellationToken);
        }

        return turn;
    }

    public Task ConfirmAsync(LineEntry request, CancellationToken cancellationToken) => MoveAsync(
        Seats with { Confirmed = Seats.Confirmed + 1 },
        [Delete(request), Seat(request.Person)],
        (request.Person, WebinarDeliveries.Confirmation(_webinar, request.Sequence)),
        cancellationToken);

    /// <summary>An organiser has to approve first.</summary>
    public Task PendAsync(LineEntry request, CancellationToken cancellationToken) => MoveAsync(
        Seats,
        [Delete(request), Decide(request.Person, RegistrationStatus.Pending)],
        (request.Person, WebinarDeliveries.Pending(_webinar, request.Sequence)),
        cancellationToken);

    public Task PromoteAsync(LineEntry place, CancellationToken cancellationToken) => MoveAsync(
        Seats with { Confirmed = Seats.Confirmed + 1, Waiting = Seats.Waiting - 1 },
        [Delete(place), Seat(place.Person)],
        (place.Person, WebinarDeliveries.Promoted(_webinar, place.Sequence)),
        cancellationToken);

    /// <summary>Keeps a seat for the next in line, who has until <paramref name="until"/> to take it.</summary>
    public Task OfferAsync(LineEntry place, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Each offer is another mail.
        var sequence = place.Sequence + 1;
        return MoveAsync(
            Seats with { Offered = Seats.Offered + 1, Waiting = Seats.Waiting - 1 },
            [
                Delete(place),
                new(TableTransactionActionType.Add, RowMapping.InLine(_webinar, RowKeys.Offer(until, place.Person), sequence, place: place.Number)),
                Decide(place.Person, RegistrationStatus.Offered, ("OfferedUntil", until), ("Sequence", sequence)),
            ],
            (place.Person, WebinarDeliveries.Offer(_webinar, sequence)),
            cancellationToken);
    }

    /// <summary>Nobody took it: the seat goes on, and the place in line sleeps until the person answers.</summary>
    public Task LapseAsync(LineEntry offer, CancellationToken cancellationToken) => MoveAsync(
        Seats with { Offered = Seats.Offered - 1 },
        [Delete(offer), Decide(offer.Person, RegistrationStatus.Dormant)],
        (offer.Person, WebinarDeliveries.Lapsed(_webinar, offer.Sequence)),
        cancellationToken);

    /// <summary>Sends a request to the end of the line.</summary>
    public Task JoinLineAsync(LineEntry request, CancellationToken cancellationToken)
    {
        // Clocks of several processes differ; the line's order must not depend on them.
        var place = Math.Max(_now.UtcTicks, Seats.LastPlace + 1);
        return MoveAsync(
            Seats with { Waiting = Seats.Waiting + 1, LastPlace = place },
            [
                Delete(request),
                new(TableTransactionActionType.Add, RowMapping.InLine(_webinar, RowKeys.Place(place, request.Person), request.Sequence)),
                Decide(request.Person, RegistrationStatus.Waiting, ("Place", place)),
            ],
            (request.Person, WebinarDeliveries.Waiting(_webinar, request.Sequence)),
            cancellationToken);
    }

    public Task CloseAsync(LineEntry request, CancellationToken cancellationToken) => MoveAsync(
        Seats,
        [Delete(request), Decide(request.Person, RegistrationStatus.Closed)],
        (request.Person, WebinarDeliveries.Closed(_webinar, request.Sequence)),
        cancellationToken);

    /// <summary>Frees a seat whose undo is over.</summary>
    public Task ReleaseAsync(LineEntry hold, CancellationToken cancellationToken) =>
        MoveAsync(Seats with { Held = Seats.Held - 1 }, [Delete(hold)], null, cancellationToken);

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
            _decisions.Add(key.Kind);
        }

        Seats = after;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        TableTransactionAction seats = new(TableTransactionActionType.UpdateReplace, RowMapping.ToEntity(_webinar, Seats), _etag);
        var responses = await _registrations.CommitAsync([seats, .. _moves], cancellationToken);
        _etag = responses[0].Headers.ETag!.Value;
        _moves.Clear();
        foreach (var decision in _decisions) WebinarMetrics.Decided(_webinar, decision);
        _decisions.Clear();
    }

    private TableTransactionAction Delete(LineEntry entry) =>
        new(TableTransactionActionType.Delete, new TableEntity(_webinar.Value, entry.RowKey), ETag.All);

    // A merge cannot take a column away: 0 is no place.
    private TableTransactionAction Seat(PersonId person) =>
        Decide(person, RegistrationStatus.Confirmed, ("Place", 0L), ("ToldAt", _now), ("ToldRevision", Seats.Revision), ("ToldBefore", Seats.Revision));

    /// <summary>Merges what a decision changes: a name changed meanwhile stays.</summary>
    private TableTransactionAction Decide(PersonId person, RegistrationStatus status, params ReadOnlySpan<(string Column, object Value)> columns)
    {
        var entity = new TableEntity(_webinar.Value, RowKeys.Registration(person)) { ["Status"] = status.ToString() };
        foreach (var (column, value) in columns) entity[column] = value;

        // No ETag: the row that goes with the decision is deleted in the same transaction, and only its holder decides.
        return new(TableTransactionActionType.UpdateMerge, entity, ETag.All);
    }
}
