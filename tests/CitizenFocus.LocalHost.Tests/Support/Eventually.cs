namespace CitizenFocus.LocalHost.Tests.Support;

/// <summary>Waits for an outcome, with a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task<T> Async<T>(Func<Task<T>> look, Func<T, bool> enough)
    {
        var end = DateTime.UtcNow + Deadline;
        while (true)
        {
            var seen = await look();
            if (enough(seen)) return seen;

            Assert.True(DateTime.UtcNow < end, $"It did not happen within {Deadline.TotalSeconds} s; the last seen was {seen}");
            await Task.Delay(20);
        }
    }
}
