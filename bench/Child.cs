using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CitizenFocus.Bench.Load;

namespace CitizenFocus.Bench;

/// <summary>One run of a published web server. Disposing it kills it.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Of <c>/proc/{pid}/stat</c>: USER_HZ, which is 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private Child(Process process, IPEndPoint address, TimeSpan startup)
    {
        _process = process;
        Address = address;
        Startup = startup;
    }

    public IPEndPoint Address { get; }

    /// <summary>From the process's start to its first answer of 200.</summary>
    public TimeSpan Startup { get; }

    /// <summary>Starts it and asks for <paramref name="path"/> until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer with 200.</exception>
    public static async Task<Child> StartAsync(
        Published app, IReadOnlyDictionary<string, string> settings, string path, CancellationToken cancellationToken)
    {
        var address = FreePort();
        var start = new ProcessStartInfo(app.Executable) { WorkingDirectory = app.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = address.Port.ToString(CultureInfo.InvariantCulture);
        var clock = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) Console.Error.WriteLine(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await FirstAnswerAsync(process, address, path, clock, cancellationToken);
            return new(process, address, Stopwatch.GetElapsedTime(clock));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs a command of the app to its end.</summary>
    public static async Task RunAsync(
        Published app, IReadOnlyDictionary<string, string> settings, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(app.Executable, arguments) { WorkingDirectory = app.Folder };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{string.Join(' ', arguments)}' failed with exit code {process.ExitCode}.");
    }

    /// <summary>VmRSS.</summary>
    public double ResidentMegabytes() => Megabytes("VmRSS:");

    /// <summary>VmHWM: the most that was resident.</summary>
    public double PeakMegabytes() => Megabytes("VmHWM:");

    private double Megabytes(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith(field, StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>User and system time since its start, to 10 ms.</summary>
    public TimeSpan CpuTime()
    {
        // proc(5): utime and stime are fields 14 and 15; the second, the name in parentheses, may hold spaces.
        var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task FirstAnswerAsync(Process process, IPEndPoint address, string path, long clock, CancellationToken cancellationToken)
    {
        while (Stopwatch.GetElapsedTime(clock) < Patience)
        {
            if (process.HasExited) throw new InvalidOperationException($"{process.StartInfo.FileName} ended at its start.");
            try
            {
                using var connection = await HttpConnection.OpenAsync(address, cancellationToken);
                var status = await connection.ExchangeAsync(HttpConnection.Get(path), cancellationToken);
                if (status == 200) return;
                throw new InvalidOperationException($"{path} answered {status}.");
            }
            catch (SocketException)
            {
                // Not listening yet. To ask more often would take the core from the one that starts.
                await Task.Delay(1, cancellationToken);
            }
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} did not answer within {Patience}.");
    }

    private static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
