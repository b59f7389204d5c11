using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Webinars.Invitations;

/// <summary>The rows of the table Invitations as records and back.</summary>
internal static class InvitationMapping
{
    private const int SchemaVersion = 1;

    public static TableEntity ToEntity(Invitation invitation)
    {
        var entity = new TableEntity(invitation.Webinar.Value, InvitationKeys.Invitation(invitation.Person))
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Email"] = invitation.Email.Value,
            ["Name"] = invitation.Name,
            ["Language"] = invitation.Language,
            ["List"] = invitation.List,
            ["InvitedAt"] = invitation.InvitedAt,
        };
        if (invitation.Series is { } series) entity["Series"] = series;
        return entity;
    }

    /// <summary>That an organiser's list has them, too; to be merged. The e-mail they have, and how one leaves by it, stays.</summary>
    public static TableEntity Raised(Invitation invitation, Webinar webinar, string list)
    {
        var entity = new TableEntity(invitation.Webinar.Value, InvitationKeys.Invitation(invitation.Person)) { ["List"] = list };
        if (invitation.SeriesIn(webinar) is { } series) entity["Series"] = series;
        return entity;
    }

    /// <summary>To be merged: what else is in the row stays.</summary>
    public static TableEntity Accepted(WebinarSlug webinar, PersonId person, DateTimeOffset at) =>
        new(webinar.Value, InvitationKeys.Invitation(person)) { ["AcceptedAt"] = at };

    public static Invitation InvitationFrom(TableEntity entity) => new()
    {
        Webinar = WebinarSlug.Parse(entity.PartitionKey),
        Person = PersonId.Parse(entity.RowKey[2..]),
        Email = EmailOf(entity),
        Name = entity.GetString("Name") ?? "",
        Language = entity.GetString("Language") ?? "en",
        List = entity.Required("List"),
        Series = entity.GetString("Series"),
        InvitedAt = entity.GetDateTimeOffset("InvitedAt") ?? default,
        AcceptedAt = entity.GetDateTimeOffset("AcceptedAt"),
    };

    public static TableEntity ToEntity(WebinarSlug webinar, InvitationList list)
    {
        var entity = new TableEntity(webinar.Value, InvitationKeys.List(list.Id))
        {
            ["SchemaVersion"] = SchemaVersion,
            ["State"] = list.State.ToString(),
            ["CreatedAt"] = list.CreatedAt,
            ["Format"] = list.Format.ToString(),
            ["Done"] = list.Done,
            ["Position"] = list.Position,
            ["Chunks"] = list.Chunks,
            ["Queued"] = list.Queued,
            ["Counts"] = JsonSerializer.Serialize(list.Counts, InvitationColumnsJson.Default.ListCounts),
        };
        if (list.Rows is { } rows) entity["Rows"] = rows;
        return entity;
    }

    public static InvitationList ListFrom(TableEntity entity) => new()
    {
        Id = entity.RowKey[2..],
        State = Enum.Parse<InvitationListState>(entity.Required("State")),
        CreatedAt = entity.GetDateTimeOffset("CreatedAt") ?? default,
        Format = Enum.Parse<ListFormat>(entity.Required("Format")),
        Rows = entity.GetInt32("Rows"),
        Done = entity.GetInt32("Done") ?? 0,
        Position = entity.GetString("Position") ?? "",
        Chunks = entity.GetInt32("Chunks") ?? 0,
        Queued = entity.GetInt32("Queued") ?? 0,
        Counts = JsonSerializer.Deserialize(entity.Required("Counts"), InvitationColumnsJson.Default.ListCounts)!,
    };

    public static TableEntity Results(WebinarSlug webinar, string list, int chunk, IReadOnlyList<RowResult> results) =>
        new(webinar.Value, InvitationKeys.Results(list, chunk))
        {
            ["SchemaVersion"] = SchemaVersion,
            ["Results"] = JsonSerializer.Serialize(results, InvitationColumnsJson.Default.IReadOnlyListRowResult),
        };

    public static IReadOnlyList<RowResult> ResultsFrom(TableEntity entity) =>
        JsonSerializer.Deserialize(entity.Required("Results"), InvitationColumnsJson.Default.IReadOnlyListRowResult)!;

    public static TableEntity Request(WebinarSlug webinar, PersonId person, EmailAddress email, DateTimeOffset at) =>
        new(webinar.Value, InvitationKeys.Request(at.UtcTicks, person)) { ["SchemaVersion"] = SchemaVersion, ["Email"] = email.Value };

    public static TableEntity Requester(WebinarSlug webinar, PersonId person, DateTimeOffset at) =>
        new(webinar.Value, InvitationKeys.Requester(person, at)) { ["SchemaVersion"] = SchemaVersion, ["RequestedAt"] = at };

    public static EmailAddress EmailOf(TableEntity entity) =>
        EmailAddress.TryParse(entity.GetString("Email"), out var email) ? email : throw new InvalidDataException("An invitation's address does not parse.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListCounts))]
[JsonSerializable(typeof(IReadOnlyList<RowResult>))]
internal sealed partial class InvitationColumnsJson : JsonSerializerContext;
