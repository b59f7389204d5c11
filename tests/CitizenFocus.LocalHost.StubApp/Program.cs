using CitizenFocus.LocalHost.StubApp;

// As the real app: 'sample load' and 'storage create' do their work and end; anything else serves.
if (args is ["sample", "load"])
{
    if (Environment.GetEnvironmentVariable("SampleFails") is not null)
    {
        Console.Error.WriteLine("the sample is broken");
        return 7;
    }

    await File.WriteAllTextAsync(Path.Combine(Environment.GetEnvironmentVariable("Email__PickupDirectory")!, "sample.txt"), "loaded");
    return 0;
}

if (args is ["storage", "create"]) return 0;

if (Environment.GetEnvironmentVariable("ExitAtStart") is { } code) return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);

var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.ListenLocalhost(int.Parse(Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT")!, System.Globalization.CultureInfo.InvariantCulture));
    kestrel.Limits.MaxRequestBodySize = null;
});
var app = builder.Build();
app.Run(new StubRequests().HandleAsync);
await app.StartAsync();
Console.WriteLine("the stub is ready");
await Task.Delay(Timeout.Infinite);
return 0;
