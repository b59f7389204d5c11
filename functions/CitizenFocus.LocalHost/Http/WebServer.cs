using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Functions;
using CitizenFocus.LocalHost.Mailbox;
using Yarp.ReverseProxy.Forwarder;

namespace CitizenFocus.LocalHost.Http;

/// <summary>LocalHost's own web server, on the loopback addresses only.</summary>
internal static class WebServer
{
    public static WebApplication Build(
        FunctionApp app, HttpMessageInvoker worker, HttpWorkerSupervisor supervisor, string mailbox, int port, string key, ILoggerFactory logs)
    {
        // An empty builder: LocalHost's behaviour must not hang on whatever ASPNETCORE_ variables are set.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = HttpFunctions.LargestBody;
            kestrel.ListenLocalhost(port);
        });

        var web = builder.Build();
        var functions = new HttpFunctions(
            new RouteTable(app.Functions, app.Host.Extensions.Http.RoutePrefix, web.Services.GetRequiredService<IInlineConstraintResolver>()),
            web.Services.GetRequiredService<IHttpForwarder>(),
            worker,
            supervisor,
            app.Host.Limit,
            key,
            logs.CreateLogger<FunctionsHost>());

        // What is not LocalHost's own is the app's.
        web.UseRouting();
        web.Use((context, next) => context.GetEndpoint() is null ? functions.HandleAsync(context) : next(context));
        web.MapMailbox(new MailboxFolder(mailbox));
        return web;
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
