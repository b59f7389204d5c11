using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class SlidingWindowTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void TryTake_AnyArrivals_NeverMoreThanTheLimitInAnyMinuteAndNeverFewer() => Prop.ForAll<PositiveInt, NonNegativeInt[]>((size, gaps) =>
    {
        var limit = size.Get % 10 + 1;
        var window = new SlidingWindow(Minute);
        var allowed = new List<TimeSpan>();
        var now = TimeSpan.Zero;
        foreach (var gap in gaps)
        {
            now += TimeSpan.FromMilliseconds(gap.Get * 997L % 20_000);
            var recent = allowed.Count(moment => now - moment < Minute);
            var wait = window.TryTake(now, limit);
            if (wait is null) allowed.Add(now);

            // Allowed just where fewer than the limit came in the minute before; so every minute that ends with one holds at most the limit.
            if (wait is null != recent < limit) return false;

            // And whoever waits as long as told is let in, if nobody else comes.
            if (wait is { } time && (time <= TimeSpan.Zero || time > Minute || allowed.Count(moment => now + time - moment < Minute) >= limit)) return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryTake_LimitAtOnce_AllAllowedTheNextNot()
    {
        var window = new SlidingWindow(Minute);

        Assert.All(Enumerable.Range(0, 60), _ => Assert.Null(window.TryTake(TimeSpan.Zero, 60)));
        Assert.Equal(Minute, window.TryTake(TimeSpan.Zero, 60));
        Assert.Null(window.TryTake(Minute, 60));
    }

    [Fact]
    public void TryTake_LimitZero_NeverAllowed() => Assert.Equal(Minute, new SlidingWindow(Minute).TryTake(TimeSpan.Zero, 0));
}
