using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.PublicApi;

/// <summary>
/// One of our clients and what it stands in for. To add one: a row in <see cref="All"/>, its file beside Tables.txt in
/// functions/CitizenFocus.AzureClients/PublicApi, its row in OfficialSdkTests and its package, aliased, in
/// this project's file.
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
    ];

    public static TheoryData<string> Names => [.. All.Select(sdk => sdk.Name)];

    public static OwnSdk Of(string name) => All.Single(sdk => sdk.Name == name);

    /// <summary>Our public types, in the official namespaces' names.</summary>
    public IReadOnlyList<string> Surface() =>
        PublicSurface.Describe(
            Assembly.GetTypes().Where(type => Namespaces.ContainsKey(type.Namespace ?? "")),
            space => Namespaces.GetValueOrDefault(space, space));
}
