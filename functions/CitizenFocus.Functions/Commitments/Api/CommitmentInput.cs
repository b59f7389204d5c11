using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using Fields = CitizenFocus.Functions.Commitments.ProposalFormModel.Fields;

namespace CitizenFocus.Functions.Commitments;

/// <summary>What somebody sends as a commitment's content, judged all at once: an organiser, an import, or a visitor.</summary>
internal static class CommitmentInput
{
    private const int MaxTopics = 10;
    private const int MaxTopicLength = 50;
    private const int MaxLinks = 10;

    /// <returns>Counts only where there is no error.</returns>
    public static Commitment Content(string id, Submission.Fields sent, DateTimeOffset now, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return new()
        {
            Id = id,
            Title = fields.RequiredLine(Fields.Title, ProposalFormModel.MaxTitleLength, "Enter a title."),
            Summary = fields.Line(Fields.Summary, ProposalFormModel.MaxSummaryLength) ?? "",
            Text = fields.Text(Fields.Text, ProposalFormModel.MaxTextLength),
            Organisation = fields.Line(Fields.Organisation, ProposalFormModel.MaxNameLength),
            City = fields.Line(Fields.City, ProposalFormModel.MaxNameLength),
            Country = fields.Choice(Fields.Country, code => Choices.Has(Choices.Countries, code), "Choose a country from the list, or leave it open."),
            Topics = fields.Words(Fields.Topics, MaxTopics, MaxTopicLength),
            SubmittedAt = now,
        };
    }

    /// <summary>As organisers send it: with links, and with its author and times.</summary>
    public static Commitment Validate(string id, Submission.Fields sent, DateTimeOffset now, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        return Content(id, sent, now, errors) with
        {
            Author = fields.Line("author", ProposalFormModel.MaxNameLength),
            Links = fields.HttpsList("links", MaxLinks),
            SubmittedAt = fields.Time("submittedAt") ?? now,
            PublishedAt = fields.Time("publishedAt"),
        };
    }
}
