using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Azurite;
using CitizenFocus.LocalHost.Functions;
using CitizenFocus.LocalHost.Http;
using CitizenFocus.LocalHost.Mailbox;

namespace CitizenFocus.LocalHost;

/// <summary>One run of LocalHost from the command line: Azurite, the app, the host, until it is stopped.</summary>
internal static class LocalRun
{
    /// <summary>Settings under which an organisers' token may stand.</summary>
    private const string OrganisersToken = "Api__Token";

    /// <returns>The exit code: 0 when it was stopped, 1 when the app died too often.</returns>
    /// <exception cref="LocalHostException">Something that is needed is missing.</exception>
    public static async Task<int> RunAsync(CommandLine options, ILoggerFactory logs, TextWriter output, CancellationToken stopping)
    {
        if (LoopbackPort.IsTaken(options.Port)) throw WebServer.PortTaken(options.Port);

        if (options.OwnAzurite) await NodeJs.CheckAsync(stopping);
        var installation = AzuriteInstallation.OfRepository();
        var repository = Path.GetFullPath(Path.Combine(installation.Directory, "..", "..", ".."));
        var settingsFile = LocalSettings.Find(repository, options.Settings);
        var settings = settingsFile is null ? new Dictionary<string, string>() : LocalSettings.Load(settingsFile);
        using var data = DataFolder.Open(options.Data ?? Path.Combine(repository, ".local"), options.Fresh);

        if (options.OwnAzurite) output.WriteLine(options.App is null ? "Starting Azurite and building the app ..." : "Starting Azurite ...");
        var building = options.App is { } built
            ? Task.FromResult(built)
            : AppBuild.RunAsync(Path.Combine(repository, "functions", "CitizenFocus.Functions"), stopping);
        await using var azurite = options.OwnAzurite ? await StartAzuriteAsync(installation, data, stopping) : null;
        var app = await building;

        output.WriteLine(options.LoadSample ? "Loading the sample data and starting the app ..." : "Starting the app ...");
        await using var host = await FunctionsHost.StartAsync(
            new FunctionsHostOptions
            {
                App = app,
                Storage = azurite?.ConnectionString ?? StorageOf(settings),
                DataDirectory = data.Root,
                MailboxDirectory = data.Mailbox,
                Settings = settings,
                Port = options.Port,
                Listen = options.Listen,
                BaseUrl = options.BaseUrl,
                Proxy = options.Proxy,
                LoadSample = options.LoadSample,
                RestartLimit = options.RestartLimit,
            },
            TimeProvider.System,
            logs,
            stopping);

        output.Write(Summary(host, options, settings, data));
        await Task.WhenAny(host.GaveUp, Task.Delay(Timeout.InfiniteTimeSpan, stopping));
        return host.GaveUp.IsCompleted ? 1 : 0;
    }

    private static async Task<AzuriteServer> StartAzuriteAsync(AzuriteInstallation installation, DataFolder data, CancellationToken cancellationToken)
    {
        try
        {
            return await AzuriteServer.StartAsync(installation, data.Azurite, AzuritePorts.WellKnownOrFree(), cancellationToken);
        }
        catch (AzuriteException fault)
        {
            throw new LocalHostException(fault.Message);
        }
    }

    private static string StorageOf(IReadOnlyDictionary<string, string> settings) =>
        (Environment.GetEnvironmentVariable(AppSettings.Storage) ?? settings.GetValueOrDefault(AppSettings.Storage)) is { Length: > 0 } storage
            ? storage
            : throw new LocalHostException($"--no-azurite needs {AppSettings.Storage} in the settings: the connection string of a storage account.");

    private static string Summary(FunctionsHost host, CommandLine options, IReadOnlyDictionary<string, string> settings, DataFolder data)
    {
        var site = host.BaseAddress.GetLeftPart(UriPartial.Authority);
        var lines = new List<(string Name, string Value)> { ("Site", (options.BaseUrl?.GetLeftPart(UriPartial.Authority) ?? site) + "/") };
        if (options.Listen is null) lines.Add(("Mailbox", site + MailboxEndpoints.Path));
        if (settings.GetValueOrDefault(OrganisersToken) is { Length: > 0 } token) lines.Add(("Organisers' API token", token));
        if (host.App.Functions.OfType<HttpFunction>().Any(function => function.AuthLevel != AuthorizationLevel.Anonymous))
        {
            lines.Add(("Function key", host.FunctionKey));
        }

        lines.Add(("Data", data.Root));
        return string.Concat(lines.Select(line => $"  {line.Name,-22} {line.Value}\n").Prepend("\n").Append("\n  Ctrl-C stops everything.\n\n"));
    }
}
