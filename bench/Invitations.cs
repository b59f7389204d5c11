using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CitizenFocus.Bench;

/// <summary>
/// The longest list that is taken, with duplicates and malformed rows, invited by a process that is killed twice on the
/// way: how long it takes, how much memory, that each row has its line in the report, and each good address its message.
/// </summary>
internal sealed class Invitations : IBenchmark
{
    private const int Rows = 100_000;
    private const string Function = "AdvanceInvitations";

    /// <summary>How many rows are decided when the process is killed.</summary>
    private static readonly int[] KilledAt = [30_000, 65_000];

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(10) };

    public string Name => "invitations";

    public bool NeedsApp => true;

    public async Task<Report> RunAsync(Site site, CancellationToken cancellationToken)
    {
        var report = new Report($"invitations: a list of {Rows:N0} rows, the process killed {KilledAt.Length} times", "");
        var emails = new QueueServiceClient(site.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient("emails");
        await emails.ClearMessagesAsync(cancellationToken);
        var slug = await new Webinars(site.ConnectionString).AddAsync(webinar => Webinars.StartIn(webinar, TimeSpan.FromDays(30)), cancellationToken);
        List<InvitedRow> rows = [.. InvitedRow.List(Rows)];

        string list;
        await using (var uploading = await site.StartAppAsync(cancellationToken))
        {
            var (start, file) = (Stopwatch.GetTimestamp(), Encoding.UTF8.GetBytes("email;name\r\n" + string.Concat(rows.Select(row => $"{row.Text};Person {row.Line}\r\n"))));
            list = await UploadAsync(site, uploading.Address, slug, file, cancellationToken);
            report.Figure("upload, s", Stopwatch.GetElapsedTime(start).TotalSeconds);
            report.Figure("peak memory of the upload, MB", uploading.PeakMegabytes(), atMost: 150);
            report.Note($"The file has {file.Length / 1e6:0.0} MB.");
        }

        // Taken meanwhile, as the host does: the emulator sorts all that a queue holds for each request.
        using var isDone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var taking = TakeAsync(emails, isDone.Token);
        var (invited, peak) = (Stopwatch.GetTimestamp(), 0.0);
        foreach (var killAt in KilledAt) peak = Math.Max(peak, await RunUntilAsync(site, slug, list, killAt, cancellationToken));
        peak = Math.Max(peak, await RunUntilAsync(site, slug, list, int.MaxValue, cancellationToken));
        var seconds = Stopwatch.GetElapsedTime(invited).TotalSeconds;
        report.Figure("from the first run to the last, s", seconds);
        report.Figure("rows/s", Rows / seconds);
        report.Figure("peak memory, MB", peak, atMost: 150);

        await using var app = await site.StartAppAsync(cancellationToken);
        var told = await ReportAsync(site, app.Address, list, cancellationToken);
        List<InvitedRow> due = [.. rows.Select(row => row.Told)];
        report.Figure("rows whose line in the report is missing, doubled or wrong", due.Except(told).Count() + told.Except(due).Count() + told.Count - told.Distinct().Count(), atMost: 0);
        var good = rows.Count(row => row.Outcome == "Invited");
        await isDone.CancelAsync();
        var messages = await taking;
        report.Figure("good addresses", good);
        report.Figure("of them without a message", good - messages.Distinct().Count(), atMost: 0);

        // A step's at most, which the send ledger holds back.
        report.Figure("messages put again after a kill", messages.Count - messages.Distinct().Count(), atMost: KilledAt.Length * 48);
        return report;
    }

    /// <summary>Runs the function as the host does, again and again, until so many rows are decided; then the process is killed.</summary>
    /// <returns>The process's peak memory.</returns>
    private static async Task<double> RunUntilAsync(Site site, string slug, string list, int rows, CancellationToken cancellationToken)
    {
        await using var app = await site.StartAppAsync(cancellationToken);
        var running = RunAsync();
        for (var state = "Running"; state != "Done";)
        {
            // Reading is work for the app, too.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            var found = await GetAsync(site, app.Address, list + "?after=100000", cancellationToken);
            state = (string)found["state"]!;
            if ((int)found["done"]! >= rows) return app.PeakMegabytes();
            if (running.IsCompleted && state != "Done")
            {
                await running;
                running = RunAsync();
            }
        }

        await running;
        return app.PeakMegabytes();

        Task RunAsync()
        {
            var task = Invocation.CallAsync(app.Address, Function, slug, cancellationToken);

            // The kill breaks it off.
            task.ContinueWith(broken => broken.Exception, cancellationToken, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return task;
        }
    }

    private static async Task<string> UploadAsync(Site site, IPEndPoint app, string slug, byte[] file, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{app}/api/webinars/{slug}/invitations"))
        {
            Headers = { Authorization = new("Bearer", site.ApiToken) },
            Content = new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } },
        };
        using var response = await Client.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException($"The list was not taken: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return response.Headers.Location!.OriginalString;
    }

    private static async Task<List<InvitedRow>> ReportAsync(Site site, IPEndPoint app, string list, CancellationToken cancellationToken)
    {
        var told = new List<InvitedRow>();
        for (var next = list; next is not null;)
        {
            var page = await GetAsync(site, app, next, cancellationToken);
            told.AddRange(page["results"]!.AsArray().Select(row => new InvitedRow((int)row!["line"]!, (string)row["address"]!, (string)row["outcome"]!)));
            next = (string?)page["next"];
        }

        return told;
    }

    private static async Task<JsonNode> GetAsync(Site site, IPEndPoint app, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{app}{path}")) { Headers = { Authorization = new("Bearer", site.ApiToken), Accept = { new("application/json") } } };
        using var response = await Client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }

    /// <summary>Takes messages until it is told that no more will come, and then the rest.</summary>
    private static async Task<List<string>> TakeAsync(QueueClient queue, CancellationToken isDone)
    {
        var texts = new List<string>();
        while (true)
        {
            var last = isDone.IsCancellationRequested;
            var messages = (await queue.ReceiveMessagesAsync(32, TimeSpan.FromHours(6), CancellationToken.None)).Value;
            texts.AddRange(messages.Select(message => message.MessageText));
            await Task.WhenAll(messages.Select(message => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None)));
            if (messages.Length == 0 && last) return texts;
            if (messages.Length == 0) await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }
}

/// <summary>A row of the list, and what must become of it.</summary>
/// <param name="Line">In the file, whose first has the columns' names.</param>
internal sealed record InvitedRow(int Line, string Text, string Outcome)
{
    /// <summary>As the report has it: a formula is defused.</summary>
    public InvitedRow Told => Text.StartsWith('=') ? this with { Text = "'" + Text } : this;

    /// <summary>In twenty rows one is no address, one stands in the row before, and one stood far above.</summary>
    public static IEnumerable<InvitedRow> List(int count) => Enumerable.Range(0, count).Select(n => (n % 20) switch
    {
        19 => new InvitedRow(n + 2, n % 200 == 199 ? "=HYPERLINK(1)" : string.Create(CultureInfo.InvariantCulture, $"nobody {n}"), "Malformed"),
        9 => new(n + 2, Address(n - 1), "Duplicate"),
        14 when n > 1_000 => new(n + 2, Address(n % 1_000 / 20 * 20), "Duplicate"),
        _ => new(n + 2, Address(n), "Invited"),
    });

    private static string Address(int n) => string.Create(CultureInfo.InvariantCulture, $"person-{n}@example.org");
}
