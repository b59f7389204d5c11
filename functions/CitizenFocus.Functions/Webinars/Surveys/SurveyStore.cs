using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>The table SurveyAnswers: a partition a webinar. Storage's own Timestamp column is never shown.</summary>
internal sealed class SurveyStore(Hosting.Storage storage, SurveyPseudonyms pseudonyms)
{
    public const string TableName = "SurveyAnswers";
    private const int SchemaVersion = 1;
    private readonly TableClient _table = storage.Table(TableName);

    public async Task<bool> HasAnsweredAsync(WebinarSlug webinar, PersonId person, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(webinar.Value, pseudonyms.Of(webinar, person), ["RowKey"], cancellationToken)).HasValue;

    /// <summary>In place of what they answered before, name and all.</summary>
    public Task PutAsync(WebinarSlug webinar, PersonId person, SurveyAnswer answer, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(webinar.Value, pseudonyms.Of(webinar, person))
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Useful"] = answer.Useful,
            ["Comment"] = answer.Comment,
            ["Day"] = LocalDatePattern.Iso.Format(answer.Day),
        };
        if (answer.Again is { } again) entity["Again"] = again.ToString();
        if (answer.Signature is { } signature)
        {
            entity["Name"] = signature.Name;
            entity["Email"] = signature.Email;
        }

        return _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>By their pseudonyms: an order that says nothing of when, or who.</summary>
    public async Task<IReadOnlyList<SurveyAnswer>> ListAsync(WebinarSlug webinar, CancellationToken cancellationToken)
    {
        var answers = new List<SurveyAnswer>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {webinar.Value}"), cancellationToken: cancellationToken))
        {
            answers.Add(FromEntity(entity));
        }

        return answers;
    }

    private static SurveyAnswer FromEntity(TableEntity entity) => new()
    {
        Useful = entity.GetInt32("Useful") ?? throw new InvalidDataException("An answer has no mark."),
        Comment = entity.GetString("Comment") ?? "",
        Again = entity.GetString("Again") is { } again ? Enum.Parse<Again>(again) : null,
        Day = LocalDatePattern.Iso.Parse(entity.Required("Day")).GetValueOrThrow(),
        Signature = entity.GetString("Name") is { } name ? new(name, entity.Required("Email")) : null,
    };
}
