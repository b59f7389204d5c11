using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Webinars;
using CitizenFocus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>
/// The whole app on a real Kestrel against a real Azurite, with a clock that the test moves; tables, queues, containers
/// and the mailbox are its own, or shared with another <see cref="Site"/> that plays another process.
/// </summary>
internal sealed partial class Site : IAsyncDisposable
{
    public const string ApiToken = "tests-organisers-token-of-32-characters";
    public const string BaseUrl = "https://focus.example/";

    private readonly WebApplication _app;
    private readonly Site? _owner;

    private Site(WebApplication app, FakeTimeProvider time, StorageCalls calls, LogLines log, DirectoryInfo mailbox, Site? owner)
    {
        (_app, Time, Calls, Log, Mailbox, _owner) = (app, time, calls, log, mailbox, owner);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        var options = app.Services.GetRequiredService<StorageOptions>();
        Storage = new(options, options.CreateTableServiceClient(), options.CreateQueueServiceClient(), options.CreateBlobServiceClient());
    }

    public FakeTimeProvider Time { get; }

    /// <summary>The app's calls to its storage, none of the test's own.</summary>
    public StorageCalls Calls { get; }

    public LogLines Log { get; }

    public DirectoryInfo Mailbox { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>The test's own way to the same tables and queues.</summary>
    public Functions.Hosting.Storage Storage { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<Site> StartAsync(Action<IServiceCollection>? services = null, params (string Name, string Value)[] settings) =>
        StartAsync(null, null, services, settings);

    /// <summary>Another process of the same site: nothing in memory is shared.</summary>
    /// <param name="time">Its clock; <see langword="null"/>: the same.</param>
    public Task<Site> StartAnotherAsync(FakeTimeProvider? time = null, Action<IServiceCollection>? services = null) => StartAsync(this, time, services, []);

    private static async Task<Site> StartAsync(Site? owner, FakeTimeProvider? time, Action<IServiceCollection>? services, (string Name, string Value)[] settings)
    {
        var mailbox = owner?.Mailbox ?? Directory.CreateTempSubdirectory("mailbox");
        time ??= owner?.Time ?? new(new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        var (calls, log) = (new StorageCalls(), new LogLines());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration.AddInMemoryCollection(
            owner is not null ? owner.Services.GetRequiredService<IConfiguration>().AsEnumerable() : await SettingsAsync(mailbox, settings));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<HttpPipelinePolicy>(calls);
        builder.Services.AddCitizenFocus();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapCitizenFocus();
        await app.StartAsync();

        var site = new Site(app, time, calls, log, mailbox, owner);
        if (owner is null) await site.Storage.CreateIfNotExistsAsync(app.Services.GetServices<StorageResource>(), default);
        return site;
    }

    private static async Task<Dictionary<string, string?>> SettingsAsync(DirectoryInfo mailbox, (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = await AzuriteFixture.ConnectionStringAsync(),
            ["AzureWebJobsStorage:namePrefix"] = AzuriteFixture.UniqueName("t"),
            ["Site:BaseUrl"] = BaseUrl,
            ["Keys:PersonId"] = a.Key(1),
            ["Keys:Signing"] = $"k1:{a.Key(2)}",
            ["Api:Token"] = ApiToken,
            ["Email:From"] = "webinars@focus.example",
            ["Email:PickupDirectory"] = mailbox.FullName,
            ["Webinars:RegistrationsPerMinute"] = "100000",
            ["Webinars:ConfirmationRequestsPerMinute"] = "100000",
        };
        foreach (var (name, value) in settings) all[name] = value;
        return all;
    }

    /// <summary>Puts a webinar there as an organiser would.</summary>
    public async Task<Webinar> PublishAsync(Func<Webinar, Webinar>? change = null)
    {
        var webinar = a.Webinar(change);
        await AddAsync(webinar);
        return webinar;
    }

    public async Task AddAsync(Webinar webinar) => Assert.True(await Services.GetRequiredService<WebinarService>().TryAddAsync(webinar, default));

    /// <summary>Changes a webinar as an organiser would.</summary>
    public async Task ChangeAsync(Webinar webinar, Func<Webinar, Webinar> change)
    {
        var webinars = Services.GetRequiredService<WebinarService>();
        var found = (await webinars.FindAsync(webinar.Slug, default))!;
        Assert.True(await webinars.TryChangeAsync(change(found.Value), found.Value, found.ETag, default));
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<HttpResponseMessage> PostJsonAsync(string path, JsonNode body) => SendJsonAsync(HttpMethod.Post, path, body.ToJsonString());

    /// <summary>A request that wants JSON.</summary>
    public Task<HttpResponseMessage> SendJsonAsync(HttpMethod method, string path, string? body = null, Action<HttpRequestHeaders>? headers = null)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Accept = { new("application/json") } } };
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        headers?.Invoke(request.Headers);
        return Client.SendAsync(request);
    }

    /// <summary>Registers through the form, and holds that it was taken.</summary>
    public async Task<HttpResponseMessage> RegisterAsync(Webinar webinar, string address, string name = "Anna Ash")
    {
        var response = await PostFormAsync($"/webinars/{webinar.Slug}/registrations", ("name", name), ("email", address), ("consent", "on"));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, response.StatusCode);
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_owner is null) Mailbox.Delete(recursive: true);
    }
}
