using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Email.Sending;

/// <summary>Who gets no mail, whatever it is: a site in development writes to few, and some people want or take none.</summary>
internal sealed class RecipientRules(Suppressions suppressions, EmailOptions options)
{
    /// <summary>How the reason of what is kept back by a suppression begins.</summary>
    public const string IsSuppressed = "The address is suppressed";

    /// <returns>Why the e-mail must not be sent, for the ledger; <see langword="null"/> where it may.</returns>
    public async Task<string?> WhyNotAsync(PersonId person, EmailMessage email, CancellationToken cancellationToken)
    {
        if (WhyNotTo(email.To) is { } reason) return reason;
        return await suppressions.FindAsync(person, cancellationToken) is { } suppression && suppression.Blocks(email.IsBulk)
            ? $"{IsSuppressed}: {suppression.Reason}."
            : null;
    }

    public string? WhyNotTo(EmailAddress address) =>
        options.OnlyToDomains is { Count: > 0 } domains && !domains.Contains(address.Domain, StringComparer.OrdinalIgnoreCase)
            ? "Mail goes to listed domains only (Email__OnlyToDomains), and this is none of them."
            : null;
}
