using CitizenFocus.LocalHost.Azurite;

namespace CitizenFocus.Testing;

/// <summary>
/// One Azurite a test process, in memory, on free ports, started by whoever asks first and ended with the process.
/// Tests keep apart by names of their own (<see cref="UniqueName"/>), so that they can run side by side.
/// </summary>
public static class AzuriteFixture
{
    private static readonly Lazy<Task<AzuriteServer>> Server = new(async () =>
    {
        var server = await AzuriteServer.StartAsync(AzuriteInstallation.OfRepository());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    });

    public static async Task<string> ConnectionStringAsync() => (await Server.Value).ConnectionString;

    /// <summary>A name that is valid for a table, a queue and a container: lower-case letters and digits.</summary>
    public static string UniqueName(string prefix) => prefix + Guid.NewGuid().ToString("N")[..12];
}
