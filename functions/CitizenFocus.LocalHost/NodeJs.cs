using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CitizenFocus.LocalHost;

/// <summary>Node.js, which Azurite runs on.</summary>
internal static class NodeJs
{
    private const int OldestVersion = 20;

    /// <exception cref="LocalHostException">It is missing or too old.</exception>
    public static async Task CheckAsync(CancellationToken cancellationToken)
    {
        var remedy = $"install Node.js {OldestVersion} or later (with npm), then run this again.";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            var version = (await node.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await node.WaitForExitAsync(cancellationToken);
            if (!int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) || major < OldestVersion)
            {
                throw new LocalHostException($"Node.js {version} is too old: {remedy}");
            }
        }
        catch (Win32Exception)
        {
            throw new LocalHostException($"Node.js was not found: {remedy}");
        }
    }
}
