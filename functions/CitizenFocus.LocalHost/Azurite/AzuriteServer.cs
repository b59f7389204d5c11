using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace CitizenFocus.LocalHost.Azurite;

/// <summary>
/// The storage emulator as a child process, listening on 127.0.0.1 only. Disposing it ends the process, and so does the end
/// of this one, however it comes.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account and key that every Azurite knows (Microsoft's documentation prints them: no secret).</summary>
    public const string AccountName = "devstoreaccount1";

    /// <inheritdoc cref="AccountName"/>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly bool _keepsData;

    private AzuriteServer(Process process, AzuritePorts ports, bool keepsData)
    {
        _process = process;
        _keepsData = keepsData;
        Ports = ports;
    }

    public AzuritePorts Ports { get; }

    /// <summary>A connection string for all three services, with their ports spelled out.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint=http://127.0.0.1:{Ports.Blob}/{AccountName};"
        + $"QueueEndpoint=http://127.0.0.1:{Ports.Queue}/{AccountName};"
        + $"TableEndpoint=http://127.0.0.1:{Ports.Table}/{AccountName};";

    /// <summary>Starts Azurite and waits until all three services accept connections.</summary>
    /// <param name="installation">The folder with Azurite's package.json; <c>npm ci</c> runs there where it was not yet.</param>
    /// <param name="dataDirectory">Where the data lies; <see langword="null"/> keeps it in memory.</param>
    /// <param name="ports">The ports to listen on; <see langword="null"/> takes free ones.</param>
    /// <exception cref="AzuriteException">Node.js is missing, the installation failed, or Azurite did not start.</exception>
    public static async Task<AzuriteServer> StartAsync(
        AzuriteInstallation installation,
        string? dataDirectory = null,
        AzuritePorts? ports = null,
        CancellationToken cancellationToken = default)
    {
        await installation.EnsureInstalledAsync(cancellationToken);
        ports ??= AzuritePorts.Free();

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = dataDirectory ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--require", installation.Preload,
                installation.EntryPoint,
                "--silent",
                "--disableTelemetry",
                "--skipApiVersionCheck",
                "--blobHost", "127.0.0.1", "--blobPort", $"{ports.Blob}",
                "--queueHost", "127.0.0.1", "--queuePort", $"{ports.Queue}",
                "--tableHost", "127.0.0.1", "--tablePort", $"{ports.Table}",
            },
        };
        if (dataDirectory is null)
        {
            start.ArgumentList.Add("--inMemoryPersistence");
        }
        else
        {
            Directory.CreateDirectory(dataDirectory);
            start.ArgumentList.Add("--location");
            start.ArgumentList.Add(dataDirectory);
        }

        var process = Process.Start(start) ?? throw new AzuriteException("Azurite did not start.");
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => { lock (errors) errors.AppendLine(line.Data); };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new AzuriteServer(process, ports, keepsData: dataDirectory is not null);
        try
        {
            foreach (var port in new[] { ports.Blob, ports.Queue, ports.Table })
            {
                await WaitUntilListeningAsync(port, process, errors, cancellationToken);
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Azurite writes what it holds every five seconds and at its end: killed at once, it would forget the last ones.
        if (_keepsData && !OperatingSystem.IsWindows() && !_process.HasExited && SendSignal(_process.Id, Sigterm) == 0)
        {
            using var limit = new CancellationTokenSource(Farewell);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private const int Sigterm = 15;

    // .NET's Process knows Kill only.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    private static async Task WaitUntilListeningAsync(
        int port, Process process, System.Text.StringBuilder errors, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (process.HasExited)
            {
                lock (errors) throw new AzuriteException($"Azurite ended at its start: {errors.ToString().Trim()}");
            }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
