using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.PublicApi;

/// <summary>
/// One of our clients and what it stands in for. To add one: a row in <see cref="All"/>, its file beside Tables.txt in
/// functions/CitizenFocus.AzureClients/PublicApi, its row in OfficialSdkTests and its package, aliased, in
/// this project's file; or, where the registry lacks the package, its published listing in &lt;name&gt;.official.txt there.
/// </summary>
/// <param name="Name">The file of its surface, without the ending.</param>
/// <param name="Namespaces">Ours to the official's.</param>
internal sealed record OwnSdk(string Name, IReadOnlyDictionary<string, string> Namespaces)
{
    private static readonly Assembly Assembly = typeof(TableClient).Assembly;

    public static IReadOnlyList<OwnSdk> All { get; } =
    [
        new("Tables", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.Tables"] = "Azure.Data.Tables",
            ["CitizenFocus.AzureClients.Tables.Models"] = "Azure.Data.Tables.Models",
        }),
        new("Storage", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.Storage"] = "Azure.Storage",
        }),
        new("Queues", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.Queues"] = "Azure.Storage.Queues",
            ["CitizenFocus.AzureClients.Queues.Models"] = "Azure.Storage.Queues.Models",
        }),
        new("Blobs", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.Blobs"] = "Azure.Storage.Blobs",
            ["CitizenFocus.AzureClients.Blobs.Models"] = "Azure.Storage.Blobs.Models",
            ["CitizenFocus.AzureClients.Blobs.Specialized"] = "Azure.Storage.Blobs.Specialized",
        }),
        new("Sas", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.Sas"] = "Azure.Storage.Sas",
        }),
        new("SendGrid", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.SendGrid"] = "SendGrid",
            ["CitizenFocus.AzureClients.SendGrid.Helpers.Mail"] = "SendGrid.Helpers.Mail",
        }),
        new("CommunicationEmail", new Dictionary<string, string>
        {
            ["CitizenFocus.AzureClients.CommunicationEmail"] = "Azure.Communication.Email",
        })
        {
            IsListed = true,
        },
    ];

    /// <summary>Whether the official surface is known from its listing, not from the package.</summary>
    public bool IsListed { get; init; }

    public static TheoryData<string> Names => [.. All.Select(sdk => sdk.Name)];

    public static OwnSdk Of(string name) => All.Single(sdk => sdk.Name == name);

    /// <summary>Our public types, in the official namespaces' names: those of all, since one uses another's types.</summary>
    public IReadOnlyList<string> Surface() =>
        PublicSurface.Describe(
            Assembly.GetTypes().Where(type => Namespaces.ContainsKey(type.Namespace ?? "")),
            space => All.Select(sdk => sdk.Namespaces.GetValueOrDefault(space)).FirstOrDefault(name => name is not null) ?? space);

    /// <summary>What of ours the official SDK does not have.</summary>
    public IReadOnlyList<string> MissingFrom(IReadOnlyList<string> official) =>
        [.. Surface().Except(official).Where(line => !IsTypeWithFewerInterfaces(line, official))];

    /// <summary>An official type may have interfaces that ours has not, such as those of its own serializers.</summary>
    private static bool IsTypeWithFewerInterfaces(string line, IReadOnlyList<string> official)
    {
        var ours = line.Split(", ");
        return official.Any(other => other.Split(", ") is var theirs && ours[0] == theirs[0] && !ours.Except(theirs).Any())
            && ours[0].Contains(" is ", StringComparison.Ordinal);
    }
}
