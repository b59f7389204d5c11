namespace CitizenFocus.Functions.Web;

/// <summary>One of a list, with its place in it, which sorts as the list does (<see cref="Hosting.Timeline.PositionOf"/>).</summary>
internal sealed record Placed<T>(string Position, T Value);

/// <summary>A part of a list.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="Next">The place behind which the page after begins; <see langword="null"/> where there is none.</param>
/// <param name="Previous">The place behind which the page before begins; <see langword="null"/> where that is the list's first or there is none.</param>
/// <param name="IsFirst">Nothing stands before it.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next, string? Previous, bool IsFirst)
{
    /// <param name="all">The latest first.</param>
    /// <param name="after">A place, whether or not something stands there; <see langword="null"/>: the beginning.</param>
    public static ListPage<T> Of(IReadOnlyList<Placed<T>> all, string? after, int count)
    {
        var start = after is null ? 0 : all.TakeWhile(item => string.CompareOrdinal(item.Position, after) <= 0).Count();
        var items = all.Skip(start).Take(count).ToList();
        var before = start - count;
        return new(
            [.. items.Select(item => item.Value)],
            start + count < all.Count ? items[^1].Position : null,
            before > 0 ? all[before - 1].Position : null,
            start == 0);
    }
}

/// <summary>
/// A list that visitors read, filter and search, kept in memory as long as a page is: searching it costs the storage
/// nothing. A network has hundreds of such things, of a few kilobytes each.
/// </summary>
internal sealed class ListSnapshot<T>(CacheOptions options, TimeProvider time)
{
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.PageSeconds);
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<Placed<T>>>? _list;
    private DateTimeOffset _expires;

    /// <param name="load">Called by the first who asks; the others wait for it, and share its failure, which is not kept.</param>
    public async Task<IReadOnlyList<Placed<T>>> GetAsync(Func<CancellationToken, Task<IReadOnlyList<Placed<T>>>> load, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<Placed<T>>> list;
        lock (_lock)
        {
            if (_list is null or { IsFaulted: true } or { IsCanceled: true } || _expires <= time.GetUtcNow())
            {
                // Not the one client's token: others may wait for the same list.
                _list = load(CancellationToken.None);
                _expires = time.GetUtcNow() + _lifetime;
            }

            list = _list;
        }

        return await list.WaitAsync(cancellationToken);
    }

    public void Invalidate()
    {
        lock (_lock) _list = null;
    }
}
