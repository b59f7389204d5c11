using System.Net;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class HealthTests
{
    /// <summary>An account like the emulator's on a port where nobody listens: refused at once, and no retries.</summary>
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:9/devstoreaccount1;"
        + "QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;TableEndpoint=http://127.0.0.1:9/devstoreaccount1";

    [Fact]
    public async Task Get_StorageAnswers_200EachHealthy()
    {
        var storage = await AzuriteFixture.ConnectionStringAsync();
        await new TableServiceClient(storage).GetTableClient("Webinars").CreateIfNotExistsAsync();
        await new QueueServiceClient(storage).GetQueueClient("webinars").CreateIfNotExistsAsync();
        await using var host = await StartAsync(storage, storage);
        var response = await host.Client.GetAsync("/health");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.OK, "healthy"), (response.StatusCode, (string?)answer["status"]));
        Assert.Matches(@"^\d+\.\d+\.\d+", (string)answer["version"]!);
        Assert.Equal(["blobs", "queues", "tables"], answer["dependencies"]!.AsObject().Select(dependency => dependency.Key).Order());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Get_OneServiceDown_503ThatNamesIt()
    {
        var storage = await AzuriteFixture.ConnectionStringAsync();
        await new TableServiceClient(storage).GetTableClient("Webinars").CreateIfNotExistsAsync();
        await using var host = await StartAsync(storage, Nowhere);
        var response = await host.Client.GetAsync("/health");
        var dependencies = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["dependencies"]!;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(("healthy", "unhealthy"), ((string?)dependencies["tables"], (string?)dependencies["queues"]));
    }

    [Fact]
    public async Task GetLive_StorageDown_200()
    {
        await using var host = await StartAsync(Nowhere, Nowhere);

        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);
    }

    private static Task<WebHost> StartAsync(string storage, string queues) => WebHost.StartAsync(configure: builder => builder.Services
        .AddSingleton(new TableServiceClient(storage))
        .AddSingleton(new BlobServiceClient(storage))
        .AddSingleton(new QueueServiceClient(queues, new QueueClientOptions { Retry = { MaxRetries = 0 } }))
        .AddSingleton(new StorageOptions())
        .AddSingleton<Functions.Hosting.Storage>()
        .AddSingleton<StorageResource>(new StorageResource.Table("Webinars"))
        .AddSingleton<StorageResource>(new StorageResource.Queue("webinars"))
        .AddSingleton<StorageResource>(new StorageResource.Container("documents"))
        .AddStorageHealth());
}
