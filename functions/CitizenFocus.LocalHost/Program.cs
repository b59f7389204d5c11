using System.Runtime.InteropServices;
using CitizenFocus.LocalHost;
using CitizenFocus.LocalHost.Logging;

using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    var options = CommandLine.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    using var logs = LoggerFactory.Create(logging => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        // Its warnings are failed requests, which LocalHost reports itself.
        .AddFilter("Yarp", LogLevel.Error)
        .AddConsole(console => console.FormatterName = PlainConsoleFormatter.FormatterName)
        .Services.AddSingleton<Microsoft.Extensions.Logging.Console.ConsoleFormatter>(new PlainConsoleFormatter(TimeProvider.System)));
    return await LocalRun.RunAsync(options, logs, Console.Out, stopping.Token);
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (LocalHostException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    // Handled here: everything that was started is stopped first.
    signal.Cancel = true;
    stopping.Cancel();
}
