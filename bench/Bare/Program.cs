using System.Globalization;
using System.Net;

// Nothing but the framework: any path answers the same few bytes.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
if (int.TryParse(builder.Configuration["FUNCTIONS_CUSTOMHANDLER_PORT"], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
{
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
}

var app = builder.Build();
app.MapGet("/{**path}", () => "Citizen Focus");
await app.RunAsync();
