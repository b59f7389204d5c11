using System.Net;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Functions;
using CitizenFocus.LocalHost.Mailbox;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace CitizenFocus.LocalHost.Http;

/// <summary>LocalHost's own web server: on the loopback addresses, and where it is told so on another.</summary>
internal static class WebServer
{
    public static WebApplication Build(
        FunctionApp app, HttpMessageInvoker worker, HttpWorkerSupervisor supervisor, FunctionsHostOptions options, int port, string key, ILoggerFactory logs)
    {
        // An empty builder: LocalHost's behaviour must not hang on whatever ASPNETCORE_ variables are set.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = HttpFunctions.LargestBody;
            Listen(kestrel, options.Listen, port);
        });

        var web = builder.Build();
        var functions = new HttpFunctions(
            new RouteTable(app.Functions, app.Host.Extensions.Http.RoutePrefix, web.Services.GetRequiredService<IInlineConstraintResolver>()),
            web.Services.GetRequiredService<IHttpForwarder>(),
            worker,
            supervisor,
            app.Host.Limit,
            key,
            options.Proxy,
            logs.CreateLogger<FunctionsHost>());

        // What is not LocalHost's own is the app's.
        web.UseRouting();
        web.Use((context, next) => context.GetEndpoint() is null ? functions.HandleAsync(context) : next(context));
        if (options.Listen is null) web.MapMailbox(new MailboxFolder(options.MailboxDirectory));
        return web;
    }

    private static void Listen(KestrelServerOptions kestrel, IPAddress? address, int port)
    {
        // An address of all interfaces has the loopback's in it, which can be listened on once only.
        if (!IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address)) kestrel.ListenLocalhost(port);
        if (address is not null && !address.Equals(IPAddress.Loopback) && !address.Equals(IPAddress.IPv6Loopback)) kestrel.Listen(address, port);
    }

    /// <exception cref="LocalHostException">The port is taken.</exception>
    public static async Task StartAsync(WebApplication web, int port, CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException)
        {
            throw PortTaken(port);
        }
    }

    public static LocalHostException PortTaken(int port) =>
        new($"Port {port} is in use: stop what listens there, or start LocalHost with --port and another number.");
}
