using CitizenFocus.LocalHost.Azurite;
using CitizenFocus.LocalHost.Functions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The built app with its sample data under LocalHost's host, with an Azurite, a data folder and a mailbox of its own.</summary>
public sealed class RunningSite : IAsyncDisposable
{
    private readonly AzuriteServer _azurite;
    private readonly string _data;

    private RunningSite(AzuriteServer azurite, FunctionsHost host, string data)
    {
        _azurite = azurite;
        _data = data;
        Host = host;
        Mailbox = new Mailbox(MailboxFolder(data));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = host.BaseAddress };
    }

    public FunctionsHost Host { get; }

    /// <summary>Without cookies, and not following redirects.</summary>
    public HttpClient Client { get; }

    public Mailbox Mailbox { get; }

    /// <summary>Such as <c>http://localhost:7071</c>.</summary>
    public string Origin => Host.BaseAddress.GetLeftPart(UriPartial.Authority);

    public string Storage => _azurite.ConnectionString;

    public static async Task<RunningSite> StartAsync(IReadOnlyDictionary<string, string> settings, ILoggerFactory? logs = null)
    {
        var data = Directory.CreateTempSubdirectory("citizen-focus-").FullName;
        var azurite = await AzuriteServer.StartAsync(AzuriteInstallation.OfRepository(), Path.Combine(data, "azurite"));
        try
        {
            var host = await FunctionsHost.StartAsync(
                new FunctionsHostOptions
                {
                    App = BuiltApp.Folder,
                    Storage = azurite.ConnectionString,
                    DataDirectory = data,
                    MailboxDirectory = MailboxFolder(data),
                    Settings = settings,
                    LoadSample = true,
                },
                TimeProvider.System,
                logs ?? NullLoggerFactory.Instance);
            return new(azurite, host, data);
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await _azurite.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static string MailboxFolder(string data) => Path.Combine(data, "mailbox");
}
