using System.Globalization;
using Azure.Core;
using Azure.Identity;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>
/// Whether telemetry leaves the process, and where to. OpenTelemetry's own environment variables
/// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) mean what they mean everywhere;
/// Application Insights is reached by the two settings that the Functions host itself uses.
/// </summary>
internal sealed record TelemetryOptions
{
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Disabled = "OTEL_SDK_DISABLED";
    public const string SampledShareVariable = "OTEL_TRACES_SAMPLER_ARG";
    public const string ServiceName = "OTEL_SERVICE_NAME";
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The settings that are read here.</summary>
    public static readonly IReadOnlyList<string> Names = [OtlpEndpoint, Disabled, SampledShareVariable, ServiceName, ConnectionString, Authentication];

    public required bool ToOtlp { get; init; }

    /// <summary>Of Application Insights; <see langword="null"/>: nothing goes there.</summary>
    public required string? ApplicationInsights { get; init; }

    /// <summary>The client id of the user-assigned identity that may write there; <see langword="null"/>: its key in the connection string.</summary>
    public required string? ClientId { get; init; }

    public required bool UsesIdentity { get; init; }

    public required string Service { get; init; }

    /// <summary>Which part of the traces leaves: 0 to 1.</summary>
    public required double SampledShare { get; init; }

    public bool IsOn => ToOtlp || ApplicationInsights is not null;

    public TokenCredential? Credential => !UsesIdentity ? null
        : new ManagedIdentityCredential(ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId));

    /// <summary>A record's own <c>ToString</c> would write the connection string.</summary>
    public override string ToString() => nameof(TelemetryOptions);

    public static TelemetryOptions Read(IConfiguration configuration)
    {
        var disabled = string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase);

        // ClientId=…;Authorization=AAD
        var authentication = (configuration[Authentication] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return new()
        {
            ToOtlp = !disabled && !string.IsNullOrWhiteSpace(configuration[OtlpEndpoint]),
            ApplicationInsights = disabled || string.IsNullOrWhiteSpace(configuration[ConnectionString]) ? null : configuration[ConnectionString],
            UsesIdentity = authentication.GetValueOrDefault("Authorization") == "AAD",
            ClientId = authentication.GetValueOrDefault("ClientId"),
            SampledShare = double.TryParse(configuration[SampledShareVariable], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? Math.Clamp(share, 0, 1) : 1,
            Service = configuration[ServiceName] is { Length: > 0 } name ? name : "citizen-focus",
        };
    }
}
