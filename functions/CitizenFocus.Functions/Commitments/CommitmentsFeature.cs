using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Commitments;

internal static class CommitmentsFeature
{
    public static IServiceCollection AddCommitments(this IServiceCollection services) => services
        .AddSingleton<StorageResource>(new StorageResource.Table(CommitmentService.TableName))
        .AddSingleton<CommitmentService>();

    public static void MapCommitments(this IEndpointRouteBuilder site)
    {
        CommitmentPages.Map(site);
        CommitmentApi.Map(site);
    }
}
