namespace CitizenFocus.EndToEnd.Tests.Support;

/// <summary>The app's queues, looked at from outside.</summary>
internal sealed class WorkQueues(string storage)
{
    private static readonly string[] Names = ["webinars", "emails"];

    private readonly QueueServiceClient _service = new(storage);

    /// <summary>Messages that are waiting or being worked on, delayed ones too.</summary>
    public async Task<int> CountAsync()
    {
        var count = 0;
        foreach (var name in Names) count += (await _service.GetQueueClient(name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
        return count;
    }

    /// <summary>Messages that were given up.</summary>
    public async Task<int> CountPoisonAsync()
    {
        var count = 0;
        foreach (var name in Names)
        {
            var poison = _service.GetQueueClient(name + "-poison");
            if ((await poison.ExistsAsync()).Value) count += (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        }

        return count;
    }
}
