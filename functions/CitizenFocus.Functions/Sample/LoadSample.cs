using System.Globalization;
using System.Text.Json;
using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.News;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Sample;

/// <summary>
/// The command <c>sample load</c>: creates what the storage account lacks and fills it with the cluster's own content, so
/// that a new site has something to show and something to register for. Running it again changes nothing.
/// </summary>
internal sealed class LoadSample(
    Hosting.Storage storage,
    IEnumerable<StorageResource> resources,
    WebinarService webinars,
    LibraryService library,
    CommitmentService commitments,
    NewsService news,
    Links links,
    TimeProvider clock) : ICommand
{
    public const string UpcomingSlug = "citizen-engagement-in-practice";
    public const int UpcomingCapacity = 25;

    private static readonly DateTimeZone Brussels = DateTimeZoneProviders.Tzdb["Europe/Brussels"];
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Sample");

    public string Name => "sample load";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await storage.CreateIfNotExistsAsync(resources, cancellationToken);

        await using var file = File.OpenRead(Path.Combine(Folder, "citizen-focus.json"));
        var data = (await JsonSerializer.DeserializeAsync(file, SampleJson.Default.SampleData, cancellationToken))!;
        await LoadDocumentsAsync(data, cancellationToken);
        await LoadEventsAsync(data, cancellationToken);
        foreach (var commitment in data.Commitments)
        {
            await commitments.AddPublishedBeforeAsync(
                new()
                {
                    Id = commitment.Id,
                    Title = commitment.Title,
                    Summary = commitment.Summary,
                    Author = commitment.Author,
                    SubmittedAt = Utc(commitment.Submitted),
                    Topics = commitment.Topics,
                },
                cancellationToken);
        }

        foreach (var item in data.News)
        {
            if (await news.FindAsync(item.Id, cancellationToken) is not null) continue;
            await news.PutAsync(
                new() { Id = item.Id, Title = item.Title, Summary = item.Summary, Author = item.Author, PublishedAt = Utc(item.Published) },
                cancellationToken);
        }
    }

    private async Task LoadDocumentsAsync(SampleData data, CancellationToken cancellationToken)
    {
        foreach (var sample in data.Documents)
        {
            if (await library.FindAsync(sample.Id, cancellationToken) is not null) continue;

            var document = new Document
            {
                Id = sample.Id,
                Title = sample.Title,
                Kind = Capitalised(sample.Kind),
                Summary = sample.Note is null ? null : Capitalised(sample.Note) + ".",
                Published = sample.Published is { } day ? LocalDate.FromDateOnly(day) : null,
                Year = sample.Year,
            };
            if (sample.Kind == "handbook")
            {
                await using var handbook = File.OpenRead(Path.Combine(Folder, "handbook.pdf"));
                await library.PutAsync(document, handbook, "citizen-engagement-handbook.pdf", "application/pdf", "en", cancellationToken);
            }
            else
            {
                await library.PutAsync(document, cancellationToken);
            }
        }

        foreach (var video in data.Videos)
        {
            var document = new Document
            {
                Id = VideoId(video),
                Title = video.Title,
                Kind = "Video",
                Published = video.Date is { } day ? LocalDate.FromDateOnly(day) : null,
            };
            if (await library.FindAsync(document.Id, cancellationToken) is null) await library.PutAsync(document, cancellationToken);
        }
    }

    private async Task LoadEventsAsync(SampleData data, CancellationToken cancellationToken)
    {
        foreach (var sample in data.Events)
        {
            var recording = sample.Recording ? data.Videos.FirstOrDefault(video => video.Date == sample.Date) : null;
            await webinars.TryAddAsync(
                new()
                {
                    Slug = WebinarSlug.Parse(sample.Slug),
                    Title = sample.Title,
                    Kind = Enum.Parse<WebinarKind>(sample.Kind, ignoreCase: true),
                    Status = WebinarStatus.Published,
                    Start = LocalDate.FromDateOnly(sample.Date).AtMidnight(),
                    Zone = Brussels,
                    Duration = Duration.FromDays(1),
                    DateOnly = true,
                    Place = sample.Place,
                    Recording = recording is null ? null : links.Absolute(links.Document(VideoId(recording))),
                },
                cancellationToken);
        }

        await webinars.TryAddAsync(Upcoming(), cancellationToken);
    }

    /// <summary>A fortnight from the first start: later starts find it there and leave it.</summary>
    private Webinar Upcoming() => new()
    {
        Slug = WebinarSlug.Parse(UpcomingSlug),
        Title = "Citizen engagement in practice: questions to the handbook's authors",
        Summary = "Bring the question that your city is stuck with. We go through the handbook's principles and enablers with people who have tried them.",
        Text = """
            ## What to expect

            - a quarter of an hour on what changed since the handbook's first edition
            - three cities say what worked for them, and what did not
            - half an hour for your questions

            The webinar is in English. It costs nothing, and there is nothing to install.
            """,
        Status = WebinarStatus.Published,
        Start = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(Brussels).Date.PlusDays(14).At(new(15, 0)),
        Zone = Brussels,
        Duration = Duration.FromMinutes(75),
        Capacity = UpcomingCapacity,
        Room = new("https://meet.example.org/citizen-engagement-in-practice"),
    };

    private static string VideoId(SampleVideo video)
    {
        var words = new string([.. video.Title.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')]);
        var slug = string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return video.Date is { } day ? $"{slug}-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : slug;
    }

    private static DateTimeOffset Utc(DateTime unspecified) => new(DateTime.SpecifyKind(unspecified, DateTimeKind.Utc));

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

internal static class SampleFeature
{
    public static IServiceCollection AddSample(this IServiceCollection services) => services.AddSingleton<ICommand, LoadSample>();
}
