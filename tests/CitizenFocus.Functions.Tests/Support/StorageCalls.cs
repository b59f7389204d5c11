using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Sees each call that an app makes to its storage: counts it, holds it up, or takes away its answer.</summary>
internal sealed class StorageCalls : HttpPipelinePolicy
{
    private int _count;

    /// <param name="request">What is about to be sent.</param>
    /// <param name="send">Sends it. Called twice, it is what a retry does whose first answer was lost.</param>
    public delegate Task Disturbance(Request request, Func<Task> send);

    /// <summary>Where set, the queues' messages are kept there, by the test's clock.</summary>
    public HandQueues? Queues { get; set; }

    /// <summary>What is done instead of just sending.</summary>
    public Disturbance? Disturb { get; set; }

    /// <summary>Calls since <see cref="Reset"/>.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Reset() => Volatile.Write(ref _count, 0);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref _count);
        return Disturb is { } disturb
            ? new(disturb(message.Request, () => SendAsync(message, pipeline).AsTask()))
            : SendAsync(message, pipeline);
    }

    private ValueTask SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Queues?.TryAnswer(message.Request) is not { } answer) return ProcessNextAsync(message, pipeline);
        message.Response = answer;
        return ValueTask.CompletedTask;
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app calls its storage asynchronously only.");

    /// <summary>Each write to a table is sent again, as if its first answer had been lost.</summary>
    public static Task LoseFirstAnswers(Request request, Func<Task> send) =>
        IsTableWrite(request) ? SendTwiceAsync(send) : send();

    /// <summary>The process dies at one call: before it is made, or after it took effect.</summary>
    /// <param name="call">Counted from 1.</param>
    /// <param name="afterTheCall">It took effect.</param>
    /// <param name="counts">Which calls count; <see langword="null"/>: all.</param>
    public static Disturbance CrashAt(int call, bool afterTheCall, Func<Request, bool>? counts = null)
    {
        var calls = 0;
        return async (request, send) =>
        {
            var crashes = counts?.Invoke(request) != false && Interlocked.Increment(ref calls) == call;
            if (crashes && !afterTheCall) throw new InjectedFault();
            await send();
            if (crashes) throw new InjectedFault();
        };
    }

    public static bool IsTableWrite(Request request) =>
        request.Method != RequestMethod.Get && request.Headers.TryGetValue("DataServiceVersion", out _);

    private static async Task SendTwiceAsync(Func<Task> send)
    {
        await send();
        await send();
    }
}

/// <summary>A fault of the network or of the process, put there by a test.</summary>
internal sealed class InjectedFault() : Azure.RequestFailedException("Put there by a test.");
