using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Previews;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

internal static class CommitmentsFeature
{
    public static IServiceCollection AddCommitments(this IServiceCollection services) => services
        .AddSettings(CommitmentOptions.Section, CommitmentOptions.Read)
        .AddSingleton<StorageResource>(new StorageResource.Table(CommitmentStore.TableName))
        .AddSingleton<ListSnapshot<Commitment>>()
        .AddSingleton<CommitmentStore>()
        .AddSingleton<CommitmentService>()
        .AddSingleton<CommitmentLife>()
        .AddSingleton<ProposerMail>()
        .AddSingleton<ImportEntries>()
        .AddSingleton<ImportCommitments>()
        .AddSingleton<ProposalEmails>()
        .AddSingleton<IEmailComposer>(provider => provider.GetRequiredService<ProposalEmails>())
        .AddSingleton<IEmailSamples, ProposalEmailSamples>();

    public static void MapCommitments(this IEndpointRouteBuilder site)
    {
        CommitmentPages.Map(site);
        ProposeCommitment.Map(site);
        CommitmentApi.Map(site);
        ImportApi.Map(site);
        site.MapTimerFunction<ProposerMail>(ProposerMail.FunctionName);
        site.MapTimerFunction<ImportCommitments>(ImportCommitments.FunctionName);
    }
}
