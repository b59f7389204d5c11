using System.Diagnostics;

namespace CitizenFocus.Functions.Hosting.Telemetry;

/// <summary>The span of a function that the host invoked for a queue message or a timer.</summary>
internal static class InvocationSpan
{
    /// <param name="trigger"><c>pubsub</c> or <c>timer</c>: the semantic conventions' <c>faas.trigger</c>.</param>
    /// <param name="parent">The trace that the message came with: where there is one, this goes on with it, and not with the host's call.</param>
    public static async Task RunAsync(string function, string trigger, ActivityContext parent, Func<Task> run)
    {
        var caller = Activity.Current;
        if (parent == default) Activity.Current = null;
        using var activity = Instrumentation.Source.StartActivity($"{function} process", ActivityKind.Consumer, parent);
        activity?.SetTag("faas.name", function);
        activity?.SetTag("faas.trigger", trigger);
        if (activity is null) Activity.Current = caller;
        try
        {
            await run();
        }
        catch (Exception e)
        {
            activity.Failed(e);
            throw;
        }
    }
}
