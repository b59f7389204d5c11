using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;
using NodaTime.Text;

namespace CitizenFocus.Functions.Library;

/// <summary>The library for programs: anybody reads, organisers write.</summary>
internal static class DocumentApi
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapMethods("/api/documents", Pages.Methods, ListDocuments);
        site.MapMethods("/api/documents/{id}", Pages.Methods, GetDocument);
        site.MapPut("/api/documents/{id}", PutDocument).AddEndpointFilter<OrganiserApiFilter>();
    }

    private static async Task<IResult> ListDocuments(HttpContext context, LibraryService library, Links links) => Results.Json(
        new DocumentListDocument([.. (await library.ListAsync(context.RequestAborted)).Select(document => DocumentDocument.Of(document, links))]),
        DocumentJson.Default.DocumentListDocument);

    private static async Task<IResult> GetDocument(HttpContext context, string id, LibraryService library, Links links) =>
        await library.FindAsync(id, context.RequestAborted) is { } document
            ? Results.Json(DocumentDocument.Of(document, links), DocumentJson.Default.DocumentDocument)
            : Problems.Of(StatusCodes.Status404NotFound, "There is no such document");

    /// <summary>Announces a document, or replaces what is said of it; its file stays.</summary>
    private static async Task<IResult> PutDocument(HttpContext context, string id, LibraryService library, Links links)
    {
        if (!PublicId.IsValid(id)) return Problems.NoId();
        if (await ContentBody.ReadAsync(context, (sent, errors) => Validate(id, sent, errors)) is var (document, refusal) && document is null) return refusal!;

        document = document with { File = (await library.FindAsync(id, context.RequestAborted))?.File };
        await library.PutAsync(document, context.RequestAborted);
        return Results.Json(DocumentDocument.Of(document, links), DocumentJson.Default.DocumentDocument);
    }

    private static Document Validate(string id, Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var published = fields.Line("published", 10) is { } day ? LocalDatePattern.Iso.Parse(day) : null;
        if (published is { Success: false }) errors.Add("published", "Enter a day such as 2026-11-22.");
        var document = new Document
        {
            Id = id,
            Title = fields.RequiredLine("title", 200, "Enter a title."),
            Kind = fields.RequiredLine("kind", 50, "Say in a word what it is, such as Handbook."),
            Summary = fields.Line("summary", 1_000),
            Text = fields.Text("text", 20_000),
            Published = published is { Success: true } ? published.Value : null,
            Year = fields.Number("year", 1900, 2200),
        };
        return document;
    }
}

internal sealed record DocumentListDocument(IReadOnlyList<DocumentDocument> Documents);

/// <summary>A document of the library in JSON.</summary>
internal sealed record DocumentDocument(
    string Id, string Title, string Kind, string? Summary, string Text, string? Published, int? Year, FileDocument? File, Uri Url)
{
    public static DocumentDocument Of(Document document, Links links) => new(
        document.Id,
        document.Title,
        document.Kind,
        document.Summary,
        document.Text,
        document.Published is { } published ? LocalDatePattern.Iso.Format(published) : null,
        document.Year,
        document.File is { } file ? new(file.FileName, file.ContentType, file.Bytes, file.Language, links.Absolute(links.Download(document.Id))) : null,
        links.Absolute(links.Document(document.Id)));
}

internal sealed record FileDocument(string Name, string ContentType, long Bytes, string? Language, Uri Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DocumentDocument))]
[JsonSerializable(typeof(DocumentListDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
