using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;

namespace CitizenFocus.Functions.Webinars;

/// <summary>
/// The queue that says which webinar may have something to advance. A message is put before the change is committed and
/// becomes visible after it, so that a process that dies in between leaves at worst a message with nothing to do.
/// </summary>
internal sealed class Announcements(Hosting.Storage storage, TimeProvider clock)
{
    public const string QueueName = "webinars";

    /// <summary>How long a commit may take before its announcement might be read too early.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private readonly QueueClient _queue = storage.Queue(QueueName);

    public Task AnnounceAsync(WebinarSlug webinar, CancellationToken cancellationToken) =>
        AnnounceAsync(webinar, Delay, cancellationToken);

    /// <summary>Announces a change before it is committed, and again where the commit took so long that the first may have been read too early.</summary>
    public Task<T> AroundAsync<T>(WebinarSlug webinar, Func<Task<T>> commit, CancellationToken cancellationToken) =>
        AroundAsync(() => AnnounceAsync(webinar, cancellationToken), commit, clock);

    /// <summary>The same, whatever queue announces it.</summary>
    internal static async Task<T> AroundAsync<T>(Func<Task> announce, Func<Task<T>> commit, TimeProvider clock)
    {
        var announced = clock.GetTimestamp();
        await announce();
        var committed = await CommitAsync(commit);
        if (clock.GetElapsedTime(announced) >= Delay) await announce();
        return committed;
    }

    private static async Task<T> CommitAsync<T>(Func<Task<T>> commit)
    {
        using var step = Instrumentation.Step("commit");
        return await commit();
    }

    /// <param name="delay">At most 7 days: the service's limit on invisibility.</param>
    public Task AnnounceAsync(WebinarSlug webinar, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.PutAsync(JsonSerializer.Serialize(new(webinar.Value), AnnouncementJson.Default.Announcement), delay, clock, cancellationToken);

    /// <exception cref="FormatException">The message is none of ours.</exception>
    public static WebinarSlug Parse(string message)
    {
        try
        {
            return WebinarSlug.Parse(JsonSerializer.Deserialize(message, AnnouncementJson.Default.Announcement)?.Webinar ?? "");
        }
        catch (JsonException e)
        {
            throw new FormatException("Not an announcement.", e);
        }
    }
}

internal sealed record Announcement(string Webinar);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Announcement))]
internal sealed partial class AnnouncementJson : JsonSerializerContext;
