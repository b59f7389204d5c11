using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

/// <summary>A commitment as the e-mail shows it.</summary>
public sealed record DigestEmailItem(string Title, string? Where, string Summary, Uri Href);

/// <summary>
/// Renders digests: once for all who get the same, with marks where each recipient's own links go. A mark stands in the place
/// of a token, so it is what a URL may hold, in text and in HTML alike; nobody who writes a commitment can guess it, and have
/// their own text filled in with a reader's token.
/// </summary>
internal sealed class DigestEmails(Tokens tokens, EmailRenderer renderer, EmailOptions options, Links links, TimeProvider clock) : IEmailSamples
{
    private readonly string _unsubscriptionMark = $"-{Guid.NewGuid():N}-";
    private readonly string _preferencesMark = $"-{Guid.NewGuid():N}-";

    public async Task<EmailMessage> RenderAsync(IReadOnlyList<DigestItem> items, string opening, string browserPath, EmailLanguage language)
    {
        var rendered = await renderer.RenderAsync<DigestEmail>(new Dictionary<string, object?>
        {
            [nameof(DigestEmail.Items)] = (DigestEmailItem[])[.. items.Select(item => ItemOf(CommitmentView.Of(item.Commitment)))],
            [nameof(DigestEmail.Opening)] = opening,
            [nameof(DigestEmail.BrowserUrl)] = links.Absolute(browserPath),
            [nameof(DigestEmail.PreferencesUrl)] = links.Absolute(links.DigestPreferences(_preferencesMark)),
            [nameof(DigestEmail.UnsubscribeUrl)] = links.Absolute(links.DigestUnsubscription(_unsubscriptionMark)),
        }, language);
        return new()
        {
            To = options.From,
            Kind = IssueKey.Kind,
            Subject = rendered.Subject,
            Html = rendered.Html,
            Text = rendered.Text,
            Language = rendered.Language,
            MessageId = "template@" + options.MessageIdDomain,
            Date = clock.GetUtcNow(),
            IsBulk = true,
        };
    }

    public BulkRecipient RecipientOf(PersonId person, EmailAddress address, DeliveryKey key)
    {
        var unsubscription = tokens.Issue(TokenPurpose.DigestUnsubscription, person.Value);
        return new()
        {
            Person = person,
            Key = key,
            To = address,
            MessageId = $"{key.DeliveryIdFor(person)}@{options.MessageIdDomain}",
            UnsubscribeUrl = links.Absolute(links.DigestUnsubscription(unsubscription)),
            Substitutions = new Dictionary<string, string>
            {
                [_unsubscriptionMark] = unsubscription,
                [_preferencesMark] = tokens.Issue(TokenPurpose.DigestPreferences, person.Value),
            },
        };
    }

    /// <summary>As one person gets it.</summary>
    public async Task<EmailMessage> RenderForAsync(PersonId person, EmailAddress address, DeliveryKey key, IReadOnlyList<DigestItem> items, string opening, string browserPath, EmailLanguage language)
    {
        var recipient = RecipientOf(person, address, key);
        return new BulkEmail { Template = await RenderAsync(items, opening, browserPath, language), Recipients = [recipient] }.For(recipient).Message;
    }

    public IEnumerable<EmailSample> Of(SampleWords words)
    {
        var commitment = new Commitment { Id = "a-sample", Title = words.Title, Summary = words.Summary, City = words.Place, SubmittedAt = clock.GetUtcNow() };
        DigestItem[] items = [new(1, commitment), new(2, commitment with { Id = "another", Title = "Open data, read with the people it is about" })];
        yield return new(IssueKey.Kind, IssueKey.Kind, "There are new commitments when the digest is due.", () => RenderForAsync(
            PersonId.FromHash(new byte[32]), EmailAddress.Parse("anna@example.org"), new IssueKey(DigestCadence.Weekly, 1).DeliveryKey, items, words.Summary, links.DigestIssue("2026-W48"), EmailLanguage.Of(words.Language)));
    }

    private DigestEmailItem ItemOf(CommitmentView commitment) => new(commitment.Title, commitment.Where, commitment.Summary, links.Absolute(links.Commitment(commitment.Id)));
}
