using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>The form by which a visitor proposes a commitment: what was typed, as it was typed, and what is wrong with it.</summary>
public sealed record ProposalFormModel
{
    // In UTF-16 code units: what a form field lets in, and what the service takes.
    public const int MaxTitleLength = 200;
    public const int MaxSummaryLength = 1_000;
    public const int MaxTextLength = 20_000;
    public const int MaxNameLength = 200;
    public const int MaxTopicsLength = 500;

    /// <summary>RFC 5321, section 4.5.3.1.3, without the angle brackets.</summary>
    public const int MaxEmailLength = 254;

    /// <summary>Says when the form was made, signed.</summary>
    public required string FormToken { get; init; }

    public string? Title { get; init; }

    public string? Summary { get; init; }

    public string? Text { get; init; }

    public string? Organisation { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    /// <summary>Separated by commas.</summary>
    public string? Topics { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public bool Consent { get; init; }

    public ValidationErrors Errors { get; init; } = new();

    /// <summary>The form with what was sent.</summary>
    internal static ProposalFormModel From(Submission.Fields sent, ValidationErrors errors, string formToken) => new()
    {
        FormToken = formToken,
        Title = sent.Text(Fields.Title),
        Summary = sent.Text(Fields.Summary),
        Text = sent.Text(Fields.Text),
        Organisation = sent.Text(Fields.Organisation),
        City = sent.Text(Fields.City),
        Country = sent.Text(Fields.Country),
        Topics = string.Join(", ", sent.All(Fields.Topics)),
        Name = sent.Text(Fields.Name),
        Email = sent.Text(Fields.Email),
        Consent = sent.IsTicked(Fields.Consent),
        Errors = errors,
    };

    /// <summary>The names under which the fields are sent, in forms and in JSON.</summary>
    public static class Fields
    {
        public const string Title = "title";
        public const string Summary = "summary";
        public const string Text = "text";
        public const string Organisation = "organisation";
        public const string City = "city";
        public const string Country = "country";
        public const string Topics = "topics";
        public const string Name = "name";
        public const string Email = "email";
        public const string Consent = "consent";
    }
}
