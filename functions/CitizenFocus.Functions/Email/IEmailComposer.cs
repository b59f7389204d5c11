using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email;

/// <summary>A feature's side of sending: makes the e-mail from the state as it is when its turn comes.</summary>
internal interface IEmailComposer
{
    /// <summary>The kinds of <see cref="DeliveryKey"/> that it composes; no other composer has one of them.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>Those of <see cref="Kinds"/> that go to many, wait behind transactional mail, and can be left by one click.</summary>
    IReadOnlyCollection<string> BulkKinds => [];

    Task<Composition> ComposeAsync(PersonId person, DeliveryKey key, CancellationToken cancellationToken);
}

/// <summary>What a composer makes of a key.</summary>
internal abstract record Composition
{
    private Composition()
    {
    }

    internal sealed record Ready(EmailMessage Message) : Composition;

    /// <summary>It does not apply any more; the ledger keeps the reason.</summary>
    internal sealed record Skip(string Reason) : Composition;

    /// <summary>There is nobody to write to and never was: leaves no row, so that asking for strangers fills no table.</summary>
    internal sealed record Nothing : Composition;
}
