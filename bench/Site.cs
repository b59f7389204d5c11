using System.Text.Json;
using CitizenFocus.Bench.Load;
using CitizenFocus.LocalHost.Azurite;

namespace CitizenFocus.Bench;

/// <summary>Both published servers, and an Azurite of our own that holds the sample.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>The sample's webinar that is open for registration.</summary>
    public const string UpcomingSlug = "citizen-engagement-in-practice";

    private readonly Dictionary<string, string> _settings;
    private readonly AzuriteServer _azurite;
    private readonly Published? _app;
    private readonly Published? _bare;

    private Site(AzuriteServer azurite, Dictionary<string, string> settings, Published? app, Published? bare)
    {
        _azurite = azurite;
        _settings = settings;
        _app = app;
        _bare = bare;
    }

    public Published App => _app ?? throw new InvalidOperationException("Not published.");

    public Published Bare => _bare ?? throw new InvalidOperationException("Not published.");

    /// <summary>What organisers call the API with.</summary>
    public string ApiToken => _settings["Api__Token"];

    public string ConnectionString => _azurite.ConnectionString;

    public static async Task<Site> StartAsync(bool withApp, bool publish, CancellationToken cancellationToken)
    {
        var installation = AzuriteInstallation.OfRepository();
        var repository = Path.GetFullPath(Path.Combine(installation.Directory, "..", "..", ".."));
        Published? app = null, bare = null;
        if (withApp)
        {
            app = await Published.PublishAsync(repository, "functions/CitizenFocus.Functions/CitizenFocus.Functions.csproj", publish, cancellationToken);
            bare = await Published.PublishAsync(repository, "bench/Bare/CitizenFocus.Bench.Bare.csproj", publish, cancellationToken);
        }

        var azurite = await AzuriteServer.StartAsync(installation, cancellationToken: cancellationToken);
        try
        {
            var site = new Site(azurite, ReadSettings(Path.Combine(repository, "local.settings.sample.json")), app, bare);
            if (app is not null) await Child.RunAsync(app, site.Settings(site.ConnectionString), ["sample", "load"], cancellationToken);
            return site;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <param name="more">Settings beside the sample's.</param>
    public Task<Child> StartAppAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? more = null) =>
        Child.StartAsync(App, Settings(ConnectionString, more), "/webinars", cancellationToken);

    public Task<Child> StartBareAsync(CancellationToken cancellationToken) =>
        Child.StartAsync(Bare, Settings(ConnectionString), "/webinars", cancellationToken);

    /// <summary>The app, with its storage requests counted.</summary>
    public async Task<CountedApp> StartCountedAppAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? more = null)
    {
        var (tables, queues) = (new CountingProxy(_azurite.Ports.Table), new CountingProxy(_azurite.Ports.Queue));
        var connection = ConnectionString
            .Replace($":{_azurite.Ports.Table}/", $":{tables.Port}/", StringComparison.Ordinal)
            .Replace($":{_azurite.Ports.Queue}/", $":{queues.Port}/", StringComparison.Ordinal);
        return new(await Child.StartAsync(App, Settings(connection, more), "/webinars", cancellationToken), tables, queues);
    }

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    private Dictionary<string, string> Settings(string connectionString, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(_settings)
        {
            ["AzureWebJobsStorage"] = connectionString,
            ["Webinars__RegistrationsPerMinute"] = "100000",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        return settings;
    }

    private static Dictionary<string, string> ReadSettings(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
    }
}

internal sealed class CountedApp(Child app, CountingProxy tables, CountingProxy queues) : IAsyncDisposable
{
    public Child App => app;

    /// <summary>How many requests to queues waited for their answers at once.</summary>
    public int MostQueueRequestsInFlight => queues.MostInFlight;

    /// <summary>The storage requests since the last call.</summary>
    public IReadOnlyList<string> TakeRequests() => [.. tables.TakeRequests(), .. queues.TakeRequests()];

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await tables.DisposeAsync();
        await queues.DisposeAsync();
    }
}
