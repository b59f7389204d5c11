using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CitizenFocus.Bench;

/// <summary>A function called as the host calls it.</summary>
internal static class Invocation
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(5) };

    public static Task AdvanceAsync(IPEndPoint app, string slug, CancellationToken cancellationToken) => CallAsync(app, "AdvanceWebinar", slug, cancellationToken);

    /// <param name="function">One whose messages name a webinar.</param>
    public static async Task CallAsync(IPEndPoint app, string function, string slug, CancellationToken cancellationToken)
    {
        var message = new JsonObject { ["webinar"] = slug }.ToJsonString();
        var envelope = new JsonObject
        {
            ["Data"] = new JsonObject { ["message"] = JsonValue.Create(message).ToJsonString() },
            ["Metadata"] = new JsonObject { ["DequeueCount"] = "1", ["Id"] = $"\"{Guid.NewGuid()}\"" },
        };
        using var content = new StringContent(envelope.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(new Uri($"http://{app}/{function}"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
