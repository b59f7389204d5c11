namespace CitizenFocus.Functions.Hosting;

/// <summary>Reads, decides and commits again where somebody else's commit came between.</summary>
internal static class OptimisticRetry
{
    // Each conflict means that somebody else got on; so many in a row are no contention but a fault.
    private const int MaxAttempts = 50;

    /// <param name="attempt">Reads afresh each time, and commits by one conditional write.</param>
    public static async Task<T> RunAsync<T>(Func<Task<T>> attempt)
    {
        for (var n = 1; ; n++)
        {
            try
            {
                return await attempt();
            }
            catch (RequestFailedException e) when (IsConflict(e) && n < MaxAttempts)
            {
            }
        }
    }

    /// <summary>One write, given up where somebody else's came first.</summary>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException e) when (IsConflict(e))
        {
            return false;
        }
    }

    /// <summary>A row was added, changed or deleted since it was read.</summary>
    public static bool IsConflict(RequestFailedException e) =>
        e.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed
        && e.ErrorCode != TableErrorCode.TableNotFound;
}
