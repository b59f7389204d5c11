using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>Listens to what no page of the site may do: ask another server for anything, or complain in the console.</summary>
internal sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public PageWatch(IBrowserContext context, string origin)
    {
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin + "/", StringComparison.Ordinal)) _complaints.Enqueue($"It asked for {request.Url}");
        };
        // A violated content security policy is an error in the console, too.
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsThePagesOwnStatus(message)) _complaints.Enqueue($"In the console: {message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _complaints.Enqueue($"A script failed: {error.Error}");
    }

    public void AssertQuiet() => Assert.True(_complaints.IsEmpty, string.Join("\n", _complaints));

    /// <summary>Chromium notes a page that comes with 400 or 404 as a resource that failed.</summary>
    private static bool IsThePagesOwnStatus(IConsoleMessage message) =>
        message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal)
        && message.Location.StartsWith(message.Page?.Url ?? "?", StringComparison.Ordinal);
}
