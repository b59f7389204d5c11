using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CitizenFocus.LocalHost.Azurite;
using CitizenFocus.LocalHost.Http;
using CitizenFocus.Testing;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>LocalHost as somebody starts it in a terminal: a process group of its own, with a data folder in temp.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private readonly string _data;
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private LocalHostProcess(Process process, int port, string data)
    {
        _process = process;
        _data = data;
        Port = port;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The app, Azurite and all else that is in the terminal's foreground, by their executables' names.</summary>
    public IReadOnlyList<(int Id, string Name)> Group => ProcessGroup.Members(_process.Id);

    /// <summary>The app's process; <see langword="null"/> while there is none.</summary>
    public int? App => Group.Where(member => member.Name == ProcessGroup.NameOf(BuiltApp.Executable)).Select(member => (int?)member.Id).FirstOrDefault();

    /// <summary>Starts it and waits until it says what to open.</summary>
    public static async Task<LocalHostProcess> StartAsync(params string[] options)
    {
        // On a fresh clone npm may take longer than a start may.
        await AzuriteInstallation.OfRepository().EnsureInstalledAsync(CancellationToken.None);
        var data = Directory.CreateTempSubdirectory("citizen-focus-").FullName;
        var port = LoopbackPort.Free();
        // env undoes what a shell does to its background jobs, which are deaf to SIGINT, and so would be all that they start;
        // setsid makes the group that a terminal's shell would make. Each is replaced by the next.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT", "setsid", BuiltApp.LocalHost, "--port", $"{port}", "--data", data, "--app", BuiltApp.Folder, "--settings", BuiltApp.SampleSettings, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        return await new LocalHostProcess(Process.Start(start)!, port, data).WaitUntilReadyAsync();
    }

    /// <summary>As Ctrl-C does: to everybody in the group.</summary>
    public void SignalGroup(int signal) => Assert.Equal(0, Send(-_process.Id, signal));

    /// <summary>As <c>kill</c> does: to LocalHost alone.</summary>
    public void Signal(int signal) => Assert.Equal(0, Send(_process.Id, signal));

    public static void KillApp(int id) => Assert.Equal(0, Send(id, Kill));

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.DefaultDeadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (id, _) in Group) _ = Send(id, Kill);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<LocalHostProcess> WaitUntilReadyAsync()
    {
        try
        {
            await Eventually.Async(
                () => Task.FromResult(_process.HasExited || Output.Contains("Ctrl-C", StringComparison.Ordinal)), ready => ready, TimeSpan.FromSeconds(60));
            Assert.False(_process.HasExited, Output);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    // .NET's Process knows one signal only, and no groups.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
