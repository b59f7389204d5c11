using System.ComponentModel;
using System.Diagnostics;

namespace CitizenFocus.Functions.Tests.Email;

/// <summary>A fact that Python's e-mail package is the judge of; skipped where there is no python3.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly bool HasPython = RunsPython();

    public PythonFactAttribute()
    {
        if (!HasPython) Skip = "python3 was not found: install Python 3 to have the mail read by its e-mail package.";
    }

    private static bool RunsPython()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
