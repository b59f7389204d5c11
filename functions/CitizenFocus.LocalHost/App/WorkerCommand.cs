using System.ComponentModel;
using System.Diagnostics;
using CitizenFocus.LocalHost.Functions;

namespace CitizenFocus.LocalHost.App;

/// <summary>How the app's executable is run: with the app's root as its working directory and the settings as its environment.</summary>
internal sealed record WorkerCommand(FunctionApp App, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Starts the executable, its output and errors redirected.</summary>
    /// <param name="arguments">What follows host.json's own arguments.</param>
    /// <param name="environment">What is set beyond the settings.</param>
    /// <exception cref="LocalHostException">It cannot be run.</exception>
    public Process Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(App.Executable)
        {
            WorkingDirectory = App.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in App.Host.CustomHandler!.Description.Arguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Settings.Concat(environment))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new LocalHostException($"{App.Executable} cannot be run: {fault.Message}.");
        }
    }
}
