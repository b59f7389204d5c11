using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Renders components without a server around them.</summary>
internal static class Render
{
    /// <summary>A whole page, held against the rules of the house.</summary>
    public static async Task<IHtmlDocument> PageAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent => Html.Parse(await ToHtmlAsync<TComponent>(parameters));

    /// <summary>A part of a page.</summary>
    public static async Task<IElement> PartAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent => new HtmlParser().ParseDocument(await ToHtmlAsync<TComponent>(parameters)).Body!;

    /// <summary>Child content of markup that is trusted.</summary>
    public static RenderFragment Content(string markup) => builder => builder.AddMarkupContent(0, markup);

    private static async Task<string> ToHtmlAsync<TComponent>((string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(new SiteOptions { BaseUrl = new("https://focus.example/") });
        services.AddSingleton<Links>();
        services.AddSingleton<Assets>();
        services.AddSingleton<AssetUrls>();
        services.AddSingleton(a.KeyRing("k1"));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new FormOptions());
        services.AddSingleton<Tokens>();
        services.AddSingleton<FormTokens>();
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(view)).ToHtmlString());
    }
}
