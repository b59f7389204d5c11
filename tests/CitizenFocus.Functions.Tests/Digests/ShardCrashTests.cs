using CitizenFocus.Functions.Digests;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Senders;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Digests;

/// <summary>The process dies at any call to its storage while it makes and sends an issue, with a provider that can be asked.</summary>
public class ShardCrashTests : DigestTest
{
    private const int MostCalls = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Issue_WithACrashAtAnyCall_ComesToEverybodyOnce(bool afterTheCall)
    {
        List<string> everybody = [.. Enumerable.Range(0, 3).Select(_ => a.Address())];
        foreach (var address in everybody) await SubscribeAsync(address);
        for (var crashAt = 1; ; crashAt++)
        {
            Assert.InRange(crashAt, 1, MostCalls);
            var commitment = await PublishAsync();
            Site.Time.SetUtcNow(NextMonday());
            var crash = StorageCalls.CrashAt(crashAt, afterTheCall, request => !IsMessage(request));
            var crashed = false;
            await using (var other = await StartAnotherAsync())
            {
                other.Calls.Disturb = async (request, send) =>
                {
                    // Once dead, it does nothing any more.
                    if (crashed) throw new InjectedFault();
                    try
                    {
                        await crash(request, send);
                    }
                    catch (InjectedFault)
                    {
                        crashed = true;
                        throw;
                    }
                };
                using var timer = await other.PostEnvelopeAsync(MakeDigests.FunctionName, """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""");
                await PumpAsync(other);
            }

            await Site.FireTimerAsync(MakeDigests.FunctionName);
            for (var n = 0; n < 5; n++)
            {
                await ReportAsync();
                await RunAsync(Site.Time.GetUtcNow().AddMinutes(20));
            }

            foreach (var address in everybody)
            {
                Assert.Equal(1, DigestsTo(address).Count(mail => mail.Commitments.Contains(commitment)));
                Assert.Equal(DeliveryState.Accepted, (await SubscriberAsync(address))!.Last!.State);
            }

            Assert.Equal(0, Sender.Doubles);
            var (done, counts) = await Site.Services.GetRequiredService<IssueProgress>().OfAsync(new(DigestCadence.Weekly, crashAt), default);
            Assert.Equal((everybody.Select(address => Site.PersonOf(address).Shard).Distinct().Count(), everybody.Count), (done, counts.Accepted));
            if (!crashed)
            {
                Assert.True(crashAt > 8, "Too few calls for it to have been made and sent.");
                return;
            }
        }
    }

    [Fact]
    public async Task Issue_WhoseShardsAreQueuedInPart_IsQueuedWholeByTheNextTimer()
    {
        List<string> everybody = [.. Enumerable.Range(0, 12).Select(_ => a.Address())];
        foreach (var address in everybody) await SubscribeAsync(address);
        await PublishAsync();
        Site.Time.SetUtcNow(NextMonday());
        await using (var other = await StartAnotherAsync())
        {
            other.Calls.Disturb = StorageCalls.CrashAt(100, afterTheCall: false, IsMessage);
            using var timer = await other.PostEnvelopeAsync(MakeDigests.FunctionName, """{"Data":{"timer":{"IsPastDue":false}},"Metadata":{}}""");
            Assert.False(timer.IsSuccessStatusCode);
        }

        await PumpAsync();
        await Site.FireTimerAsync(MakeDigests.FunctionName);
        await PumpAsync();

        Assert.All(everybody, address => Assert.Single(DigestsTo(address)));
    }

    // All but one of the 256 are of no interest.
    private static bool IsMessage(Azure.Core.Request request) => request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>What the provider reports by then.</summary>
    private protected virtual Task ReportAsync() => Task.CompletedTask;
}

/// <summary>As <see cref="ShardCrashTests"/>, with a provider that takes many in one call, cannot be asked, and reports later.</summary>
public sealed class BulkShardCrashTests : ShardCrashTests
{
    private readonly HashSet<string> _reported = [];

    private protected override DigestSender NewSender(TimeProvider clock) => new BulkDigestSender(clock);

    [Fact]
    public async Task Call_RefusedForOneAddress_IsMadeAgainInHalves_WhichTheRowsName()
    {
        var all = Enumerable.Range(0, 5_000).Select(_ => a.Address()).GroupBy(address => Site.PersonOf(address).Shard).First(shard => shard.Count() >= 4).Take(4).ToList();
        foreach (var address in all) await SubscribeAsync(address);
        await PublishAsync();
        ((BulkDigestSender)Sender).Bad.Add(all[0]);

        await MondayAsync();
        await PumpAsync();

        var rows = (await Task.WhenAll(all.Select(SubscriberAsync))).Select(subscriber => subscriber!.Last!).ToList();
        Assert.Equal([DeliveryState.Refused, DeliveryState.Accepted, DeliveryState.Accepted, DeliveryState.Accepted], rows.Select(row => row.State));
        Assert.True(rows.Select(row => row.Call).Distinct().Count() > 1, "All name the call that was refused.");
        Assert.Equal(0, Sender.Doubles);
    }

    private protected override async Task ReportAsync()
    {
        foreach (var mail in Sender.Taken.Where(mail => _reported.Add(mail.Id + mail.At)).ToList())
        {
            var delivered = new DeliveryEvent
            {
                Person = mail.Person,
                Key = DeliveryKey.Parse(mail.Key),
                Kind = DeliveryEventKind.Delivered,
                At = mail.At,
                ReceivedAt = Site.Time.GetUtcNow(),
                Id = DeliveryEvent.HashOf(mail.Id),
                Provider = EmailProviders.Pickup,
            };
            await Site.Services.GetRequiredService<DeliveryReports>().TakeAsync(mail.Person, [delivered], default);
        }
    }
}
