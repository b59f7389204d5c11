using System.Globalization;
using System.Net;
using CitizenFocus.Functions;
using CitizenFocus.Functions.Home;
using CitizenFocus.Functions.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddCitizenFocus();

// The Functions host tells the port; without it (a container, a trial) ASPNETCORE_URLS or the default decides.
if (int.TryParse(builder.Configuration["FUNCTIONS_CUSTOMHANDLER_PORT"], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
{
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
}

var app = builder.Build();
if (await CommandLine.TryRunAsync(app.Services, args) is { } exitCode) return exitCode;

app.BeginFirstPage();
app.MapCitizenFocus();
await app.RunAsync();
return 0;
