using CitizenFocus.Functions.Email.Senders;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Webinars.Advancing;

/// <summary>What may befall a webinar's seats, in any order.</summary>
internal enum Move
{
    Register,
    Cancel,
    Undo,
    Advance,
    AdvanceInBoth,
    AMinutePasses,
    TheUndoPasses,
    ChangeCapacity,

    /// <summary>A moment passes, and all messages that are due then are delivered, each twice.</summary>
    Deliver,

    /// <summary>Somebody takes the seat that is offered, or says after all that they want one.</summary>
    Answer,

    /// <summary>Long enough for each offer to end.</summary>
    ADayPasses,

    /// <summary>Freed seats are offered from now on, or given at once.</summary>
    ChangeOffers,

    /// <summary>An organiser invites somebody: the one kind of mail that is bulk.</summary>
    Invite,

    Reschedule,
    CancelWebinar,
}

/// <param name="Who">The person who moves; of a new capacity twice what is beyond one.</param>
/// <param name="App">In which of the two processes.</param>
/// <param name="FaultAt">The storage call that fails, counted from 0; negative for none.</param>
/// <param name="IsAnswerLost">The call is done and only its answer lost: the process cannot know.</param>
/// <param name="IsDeath">The process is dead from then on; else it is one call that failed.</param>
/// <param name="Provider">What befalls a call of the provider.</param>
/// <param name="ProviderFaultAt">Which, counted from 0.</param>
/// <param name="Seed">Of what is left to chance within the step: which message is delivered how.</param>
internal sealed record Step(Move Move, int Who, int App, int FaultAt, bool IsAnswerLost, bool IsDeath, ProviderFault Provider, int ProviderFaultAt, int Seed)
{
    public const int People = 4;

    private static readonly Gen<Move> Moves = Gen.Frequency(
        (4, Gen.Constant(Move.Register)), (5, Gen.Constant(Move.Cancel)), (2, Gen.Constant(Move.Undo)), (1, Gen.Constant(Move.Advance)), (2, Gen.Constant(Move.AdvanceInBoth)),
        (1, Gen.Constant(Move.AMinutePasses)), (4, Gen.Constant(Move.TheUndoPasses)), (1, Gen.Constant(Move.ChangeCapacity)), (7, Gen.Constant(Move.Deliver)),
        (3, Gen.Constant(Move.Answer)), (2, Gen.Constant(Move.ADayPasses)), (1, Gen.Constant(Move.ChangeOffers)), (1, Gen.Constant(Move.Reschedule)), (1, Gen.Constant(Move.Invite)));

    /// <summary>More ask than there are seats: else little could go wrong.</summary>
    private static readonly Move[] Beginning = [Move.Register, Move.Register, Move.Register, Move.Deliver, Move.Deliver];

    private static readonly Gen<Step> One =
        from move in Moves
        from who in Gen.Choose(0, People - 1)
        from app in Gen.Choose(0, 1)
        from fault in Gen.Frequency((4, Gen.Constant(-1)), (2, Gen.Choose(0, 9)), (1, Gen.Choose(10, 60)))
        from lost in Gen.Elements(true, false)
        from death in Gen.Elements(true, false)
        from provider in Gen.Elements(Enum.GetValues<ProviderFault>())
        from providerAt in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, 3)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new Step(move, who, app, fault, lost, death, provider, providerAt, seed);

    /// <summary>Two dozen of them; the organisers cancel some webinars.</summary>
    public static Gen<Step[]> Sequences { get; } =
        from steps in One.ArrayOf(24)
        from cancelledAt in Gen.Frequency((5, Gen.Constant(int.MaxValue)), (1, Gen.Choose(12, 23)))
        select steps.Select((step, n) => n < Beginning.Length ? step with { Move = Beginning[n], Who = n % People } : n == cancelledAt ? step with { Move = Move.CancelWebinar } : step).ToArray();
}

/// <summary>A sequence, and how its provider settles what got no answer.</summary>
internal sealed record SeatsCase(UnknownSettlement Settlement, Step[] Steps)
{
    public static Arbitrary<SeatsCase> Any { get; } = (
        from settlement in Gen.Elements(Enum.GetValues<UnknownSettlement>())
        from steps in Step.Sequences
        select new SeatsCase(settlement, steps)).ToArbitrary();

    public override string ToString() => $"{Settlement}\n{string.Join('\n', Steps.AsEnumerable())}";
}
