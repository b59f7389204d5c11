using CitizenFocus.Functions.Hosting;

namespace CitizenFocus.Functions.Tests.Hosting;

public sealed class SharedRunsTests
{
    private readonly SharedRuns<string> _runs = new();

    [Fact]
    public async Task Run_AskedForWhileOneIsUnderWay_IsSharedAndBeginsAfterwards()
    {
        var first = new TaskCompletionSource();
        var started = 0;
        var current = _runs.RunAsync("a", () => { Interlocked.Increment(ref started); return first.Task; });
        Task[] later = [.. Enumerable.Range(0, 5).Select(_ => _runs.RunAsync("a", () => { Interlocked.Increment(ref started); return Task.CompletedTask; }))];

        Assert.All(later, run => Assert.False(run.IsCompleted));
        first.SetResult();
        await current;
        await Task.WhenAll(later);

        Assert.Equal(2, started);
    }

    [Fact]
    public async Task Run_AfterOneThatFailed_RunsAndIsNotBlamed()
    {
        var first = new TaskCompletionSource();
        var current = _runs.RunAsync("a", () => first.Task);
        var next = _runs.RunAsync("a", () => Task.CompletedTask);
        first.SetException(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => current);
        await next;
    }

    [Fact]
    public async Task Run_OfAnotherKey_WaitsForNobody()
    {
        var never = new TaskCompletionSource();
        _ = _runs.RunAsync("a", () => never.Task);

        await _runs.RunAsync("b", () => Task.CompletedTask);
        never.SetResult();
    }

    [Fact]
    public async Task Runs_ManyAtOnce_EachEndsAfterARunThatBeganAfterIt()
    {
        var asked = 0;
        var seen = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), async (_, _) =>
        {
            var mine = Interlocked.Increment(ref asked);
            await _runs.RunAsync("a", async () =>
            {
                var now = Volatile.Read(ref asked);
                await Task.Yield();
                Volatile.Write(ref seen, now);
            });
            Assert.True(Volatile.Read(ref seen) >= mine);
        });
    }
}
