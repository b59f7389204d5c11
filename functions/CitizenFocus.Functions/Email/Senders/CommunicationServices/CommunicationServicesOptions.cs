using Azure.Core;
using Azure.Identity;
using CitizenFocus.Functions.Email.Quotas;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <summary>
/// Section <c>CommunicationServices</c> of the configuration: a connection string, or an endpoint that is called with an
/// identity which may send ("Communication and Email Service Owner").
/// </summary>
internal sealed record CommunicationServicesOptions
{
    public const string Section = "CommunicationServices";

    /// <summary>What a custom domain may send by default; an Azure-managed one 5 a minute and 10 an hour.</summary>
    /// <remarks>https://learn.microsoft.com/azure/communication-services/concepts/service-limits#email</remarks>
    private static readonly SendingRate DefaultRate = new(30, 100);

    public string? ConnectionString { get; init; }

    public Uri? Endpoint { get; init; }

    /// <summary>The user-assigned identity; <see langword="null"/>: what Azure.Identity finds by itself.</summary>
    public string? ManagedIdentityClientId { get; init; }

    public SendingRate Rate { get; init; } = DefaultRate;

    public static CommunicationServicesOptions Read(Settings settings) => new()
    {
        ConnectionString = settings.Text(nameof(ConnectionString)),
        Endpoint = settings.Url(nameof(Endpoint), "such as https://name.communication.azure.com"),
        ManagedIdentityClientId = settings.Text(nameof(ManagedIdentityClientId)),
        Rate = SendingRate.Read(settings, DefaultRate),
    };

    /// <summary>A record's own <c>ToString</c> would write the key.</summary>
    public override string ToString() => nameof(CommunicationServicesOptions);

    /// <exception cref="InvalidOperationException">Neither is set; the validator tells sooner.</exception>
    public AcsEmailClient CreateClient(AcsEmailClientOptions options) => (ConnectionString, Endpoint) switch
    {
        ({ } connectionString, _) => new(connectionString, options),
        (null, { } endpoint) => new(endpoint, CreateCredential(), options),
        _ => throw new InvalidOperationException($"Set {Settings.Variable(Section, nameof(ConnectionString))} or {Settings.Variable(Section, nameof(Endpoint))}."),
    };

    private TokenCredential CreateCredential() => ManagedIdentityClientId is { } id
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
        : new DefaultAzureCredential();
}
