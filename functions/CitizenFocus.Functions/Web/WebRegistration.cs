using CitizenFocus.Functions.Hosting.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CitizenFocus.Functions.Web;

/// <summary>What all features stand on: options, links, tokens, pages, limits, files, health.</summary>
internal static class WebRegistration
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddSettings(SiteOptions.Section, SiteOptions.Read);
        services.AddSettings(KeyOptions.Section, KeyOptions.Read);
        services.AddSettings(ApiOptions.Section, ApiOptions.Read);
        services.AddSettings(FormOptions.Section, FormOptions.Read);
        services.AddSettings(CacheOptions.Section, CacheOptions.Read);
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>();
        services.AddSingleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddHostedService<SettingsCheck>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Links>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<OrganiserAccess>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<IComponentActivator, ComponentActivator>();
        services.AddSingleton<Pages>();
        services.AddSingleton<FetchRules>();
        services.AddSingleton<SafeHttpFetcher>();
        services.AddSingleton<ClientRateLimit>();
        services.AddSingleton<Assets>();
        services.AddSingleton<AssetUrls>();
        services.AddHealthChecks();

        // Server is the Functions host's word.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        return services;
    }

    /// <summary>To be called before anything else is mapped or used.</summary>
    public static WebApplication UseWeb(this WebApplication app)
    {
        app.Use(Invocation.Middleware);
        app.Use(new ColdStart(app.Services.GetRequiredService<TimeProvider>()).Middleware);
        app.Use(next => new Errors(
            next,
            app.Services.GetRequiredService<Pages>(),
            app.Services.GetRequiredService<ILogger<Errors>>()).InvokeAsync);

        RequestDelegate serveAsset = context => context.RequestServices.GetRequiredService<Assets>().ServeAsync(context);
        app.MapMethods("/assets/{file}", Pages.Methods, serveAsset);
        app.MapHealth();
        return app;
    }
}
