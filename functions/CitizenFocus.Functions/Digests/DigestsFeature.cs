using CitizenFocus.Functions.Commitments;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Email.Tracing;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Watching;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Digests;

internal static class DigestsFeature
{
    public static IServiceCollection AddDigests(this IServiceCollection services) => services
        .AddSettings(DigestOptions.Section, DigestOptions.Read)
        .AddSingleton<DigestSchedule>()
        .AddSubscriptions()
        .AddIssues()
        .AddShards();

    public static void MapDigests(this IEndpointRouteBuilder site)
    {
        SubscribeToDigest.Map(site);
        ConfirmDigest.Map(site);
        ChangeDigestPreferences.Map(site);
        UnsubscribeFromDigest.Map(site);
        DigestArchive.Map(site);
        DigestApi.Map(site);
        site.MapTimerFunction<MakeDigests>(MakeDigests.FunctionName);
        site.MapTimerFunction<ForgetSubscriptions>(ForgetSubscriptions.FunctionName);
        site.MapQueueFunction<SendDigestShard>(SendDigestShard.FunctionName);
        site.MapQueueFunction<ReturnPoisonedShard>(ReturnPoisonedShard.FunctionName);
    }

    private static IServiceCollection AddSubscriptions(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(SubscriberStore.TableName))
        .AddSingleton<SubscriberStore>()
        .AddSingleton<UnconfirmedStore>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<DigestTopics>()
        .AddSingleton<ForgetSubscriptions>()
        .AddSingleton<SubscriptionEmails>()
        .AddSingleton<IEmailComposer>(provider => provider.GetRequiredService<SubscriptionEmails>())
        .AddSingleton<IEmailSamples>(provider => provider.GetRequiredService<SubscriptionEmails>());

    private static IServiceCollection AddIssues(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(IssueStore.TableName))
        .AddSingleton<IssueStore>()
        .AddSingleton<ICommitmentPublication, AnnounceToDigest>()
        .AddSingleton<NumberCommitments>()
        .AddSingleton<DigestContent>()
        .AddSingleton<DigestStates>()
        .AddSingleton<MakeIssue>()
        .AddSingleton<MakeDigests>()
        .AddSingleton<UpcomingIssue>()
        .AddSingleton<ChangeUpcomingIssue>()
        .AddSingleton<TestStore>()
        .AddSingleton<DigestEmails>()
        .AddSingleton<IEmailSamples>(provider => provider.GetRequiredService<DigestEmails>())
        .AddSingleton<TestEmails>()
        .AddSingleton<IEmailComposer>(provider => provider.GetRequiredService<TestEmails>())
        .AddSingleton<IEmailSamples>(provider => provider.GetRequiredService<TestEmails>());

    private static IServiceCollection AddShards(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Queue(ShardQueue.QueueName))
        .AddSingleton<StorageResource>(new StorageResource.Queue(ShardQueue.PoisonQueueName))
        .AddSingleton<ShardQueue>()
        .AddSingleton<ShardStore>()
        .AddSingleton<IssueProgress>()
        .AddSingleton<SelectBatch>()
        .AddSingleton<SendBatch>()
        .AddSingleton<SettleShard>()
        .AddSingleton<ShardRun>()
        .AddSingleton<SendDigestShard>()
        .AddSingleton<ReturnPoisonedShard>()
        .AddSingleton<IWatch, DigestsWatch>()
        .AddSingleton<DigestLedger>()
        .AddSingleton<IDeliveryReportTarget>(provider => provider.GetRequiredService<DigestLedger>())
        .AddSingleton<ITraceSource>(provider => provider.GetRequiredService<DigestLedger>());
}
