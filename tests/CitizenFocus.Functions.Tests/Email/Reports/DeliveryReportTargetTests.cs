using System.Collections.Concurrent;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Email.Reports;

/// <summary>A feature that keeps a ledger of its own, as the digests do.</summary>
public sealed class DeliveryReportTargetTests
{
    [Fact]
    public async Task Mail_WhoseLedgerIsElsewhere_IsReportedThereAndTracedWithTheOthers()
    {
        var other = new OtherLedger();
        await using var site = await Site.StartAsync(services => services.AddSingleton<IDeliveryReportTarget>(other).AddSingleton<ITraceSource>(other));
        var person = site.PersonOf(a.Address());
        var key = DeliveryKey.Parse("other|7");
        var reports = site.Services.GetRequiredService<DeliveryReports>();

        var taken = await reports.TakeAsync(person, [Event(DeliveryEventKind.Delivered, 0), Event(DeliveryEventKind.Opened, 60)], default);

        Assert.Equal((2, 2), taken);
        Assert.Equal(new DeliveryReport(DeliveryReportState.Opened, site.Time.GetUtcNow().AddSeconds(60), null), other.Reports[key]);
        Assert.Empty(await site.RowsAsync(SendLedger.TableName, person.Value));
        var traced = Assert.Single((await site.Services.GetRequiredService<DeliveryTrace>().OfAsync(person, default)).Emails);
        Assert.Equal(("Other", 2), (traced.Kind, traced.Events.Count));

        DeliveryEvent Event(DeliveryEventKind kind, int seconds) => new()
        {
            Person = person,
            Key = key,
            Kind = kind,
            At = site.Time.GetUtcNow().AddSeconds(seconds),
            ReceivedAt = site.Time.GetUtcNow(),
            Id = DeliveryEvent.HashOf(kind.ToString()),
            Provider = "sendgrid",
        };
    }

    private sealed class OtherLedger : IDeliveryReportTarget, ITraceSource
    {
        public ConcurrentDictionary<DeliveryKey, DeliveryReport> Reports { get; } = new();

        public bool Owns(DeliveryKey key) => key.Kind == "other";

        public Task<bool> ReportAsync(PersonId person, DeliveryKey key, DeliveryReport report, CancellationToken cancellationToken)
        {
            Reports[key] = report;
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<Delivery>> OfAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Delivery>>(
        [
            .. Reports.Select(report => new Delivery
            {
                Person = person,
                Key = report.Key,
                State = DeliveryState.Accepted,
                Attempt = 1,
                Report = report.Value.State,
                ReportedAt = report.Value.At,
                CreatedAt = report.Value.At,
                UpdatedAt = report.Value.At,
                OperationId = "",
            }),
        ]);
    }
}
