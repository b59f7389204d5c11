using System.Collections.Concurrent;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Webinars.Calendar;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Functions.Webinars.Registrations;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CitizenFocus.Functions.Tests.Support;

/// <content>What a test looks at: rows, and the mailbox.</content>
internal sealed partial class Site
{
    private readonly ConcurrentDictionary<(string Name, DateTime Written), MimeMessage> _mails = new();

    public PersonId PersonOf(string address) => Services.GetRequiredService<PersonIds>().Of(EmailAddress.Parse(address));

    /// <summary>The path of somebody's registration, as in the e-mails.</summary>
    public string RegistrationPath(Webinar webinar, string address) =>
        Services.GetRequiredService<RegistrationTokens>().RegistrationUrl(webinar.Slug, PersonOf(address)).AbsolutePath;

    public string JoinPath(Webinar webinar, string address) =>
        Services.GetRequiredService<RegistrationTokens>().JoinUrl(webinar.Slug, PersonOf(address)).AbsolutePath;

    public Task<HttpResponseMessage> CancelAsync(Webinar webinar, string address) => Client.PostAsync(RegistrationPath(webinar, address) + "/cancel", null);

    public Task<HttpResponseMessage> UndoAsync(Webinar webinar, string address) => Client.PostAsync(RegistrationPath(webinar, address) + "/undo", null);

    /// <summary>Takes an offered seat.</summary>
    public Task<HttpResponseMessage> AnswerAsync(Webinar webinar, string address) => Client.PostAsync(RegistrationPath(webinar, address) + "/accept", null);

    /// <summary>As an organiser does.</summary>
    public async Task CancelWebinarAsync(Webinar webinar) => Assert.Equal(
        System.Net.HttpStatusCode.OK,
        (await SendJsonAsync(HttpMethod.Post, $"/api/webinars/{webinar.Slug}/cancel", headers: AsOrganiser)).StatusCode);

    public static void AsOrganiser(System.Net.Http.Headers.HttpRequestHeaders headers) => headers.Authorization = new("Bearer", ApiToken);

    public async Task<Registration?> RegistrationAsync(Webinar webinar, string address)
    {
        var found = await Storage.Table(RegistrationStore.TableName)
            .GetEntityIfExistsAsync<TableEntity>(webinar.Slug.Value, RowKeys.Registration(PersonOf(address)));
        return found.HasValue ? RegistrationMapping.FromEntity(found.Value!) : null;
    }

    /// <summary>As it is stored.</summary>
    public async Task<Webinar?> FindWebinarAsync(Webinar webinar) => (await Services.GetRequiredService<WebinarService>().FindAsync(webinar.Slug, default))?.Value;

    public async Task<SeatRows> SeatRowsAsync(Webinar webinar) => new(await RowsAsync(RegistrationStore.TableName, webinar.Slug.Value));

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(string address) =>
        [.. (await RowsAsync(SendLedger.TableName, PersonOf(address).Value)).Select(DeliveryMapping.FromEntity)];

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(string table, string partition)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Storage.Table(table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"))) rows.Add(row);
        return rows;
    }

    /// <summary>How much there is in all tables and queues: to show that nothing was written.</summary>
    public async Task<int> CountEverythingAsync()
    {
        var count = 0;
        foreach (var resource in Services.GetServices<StorageResource>())
        {
            if (resource is StorageResource.Queue queue) count += (await Storage.Queue(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
            if (resource is StorageResource.Table table) await foreach (var _ in Storage.Table(table.Name).QueryAsync<TableEntity>()) count++;
        }

        return count;
    }

    /// <summary>Every row of every table with its ETag, and how many messages the queues hold: equal only where nothing was written.</summary>
    public async Task<IReadOnlyList<string>> SnapshotAsync()
    {
        var all = new List<string>();
        foreach (var resource in Services.GetServices<StorageResource>())
        {
            if (resource is StorageResource.Queue queue) all.Add($"{queue.Name} {(await Storage.Queue(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount}");
            if (resource is StorageResource.Table table)
            {
                await foreach (var row in Storage.Table(table.Name).QueryAsync<TableEntity>()) all.Add($"{table.Name} {row.PartitionKey} {row.RowKey} {row.ETag}");
            }
        }

        return all;
    }

    /// <summary>The e-mails to an address, in no order.</summary>
    public IReadOnlyList<MimeMessage> MailsTo(string address) =>
        [.. Mailbox.GetFiles("*.eml").Select(MailIn).Where(mail => mail.To.Mailboxes.Single().Address == address)];

    /// <summary>Each file is read once, for there are many; one that took another's place is another.</summary>
    private MimeMessage MailIn(FileInfo file) => _mails.GetOrAdd((file.Name, file.LastWriteTimeUtc), _ => MimeMessage.Load(file.FullName));

    /// <summary>The calendars in the e-mails to an address, as another program reads them, the last sequence last.</summary>
    public async Task<IReadOnlyList<ParsedCalendar>> CalendarsToAsync(string address)
    {
        var texts = MailsTo(address).SelectMany(mail => mail.BodyParts.OfType<TextPart>()).Where(part => part.ContentType.IsMimeType("text", "calendar")).Select(part => part.Text);
        return [.. (await CalendarParser.ReadAllAsync([.. texts])).OrderBy(calendar => calendar.Event.Sequence)];
    }
}

/// <summary>A webinar's partition, counted by its rows and not by what <c>s</c> says.</summary>
internal sealed class SeatRows(IReadOnlyList<TableEntity> rows)
{
    public IReadOnlyList<Registration> Registrations { get; } = [.. rows.Where(Is("r|")).Select(RegistrationMapping.FromEntity)];

    public IReadOnlyList<PersonId> InLine { get; } = [.. rows.Where(Is("w|")).Select(row => RowKeys.ParseNumbered(row.RowKey).Person)];

    public IReadOnlyList<PersonId> Asking { get; } = [.. rows.Where(Is("q|")).Select(row => RowKeys.ParseNumbered(row.RowKey).Person)];

    public int Held { get; } = rows.Count(Is("h|"));

    /// <summary>Those whose seat nobody else can have.</summary>
    public IReadOnlySet<PersonId> Seated { get; } = rows.Where(Is("f|")).Concat(rows.Where(Is("h|"))).Select(row => RowKeys.ParseNumbered(row.RowKey).Person)
        .Concat(rows.Where(Is("r|")).Select(RegistrationMapping.FromEntity).Where(registration => registration.Status == RegistrationStatus.Confirmed).Select(registration => registration.Person))
        .ToHashSet();

    public int Offered { get; } = rows.Count(Is("f|"));

    /// <summary>Seats that nobody else can have.</summary>
    public int Taken => Confirmed + Offered + Held;

    public int Outgoing { get; } = rows.Count(Is("o|"));

    public Seats? Seats { get; } = rows.SingleOrDefault(row => row.RowKey == RowKeys.Seats) is { } seats ? RowMapping.SeatsFromEntity(seats) : null;

    public int Confirmed => With(RegistrationStatus.Confirmed);

    public int Waiting => With(RegistrationStatus.Waiting);

    public int With(RegistrationStatus status) => Registrations.Count(registration => registration.Status == status);

    private static Func<TableEntity, bool> Is(string kind) => row => row.RowKey.StartsWith(kind, StringComparison.Ordinal);
}
