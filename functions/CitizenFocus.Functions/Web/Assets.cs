using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// The files of Web/Assets, embedded in the executable. Each has the hash of its content in its address, so that browsers
/// keep it for good and a new release is seen at once.
/// </summary>
internal sealed class Assets
{
    /// <summary>Under which the project file embeds them, and under which they are served.</summary>
    private const string Prefix = "assets/";

    private const int HashCharacters = 10;

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, string> _urls;
    private readonly FrozenDictionary<string, Representation> _files;

    public Assets()
    {
        var urls = new Dictionary<string, string>();
        var files = new Dictionary<string, Representation>();
        foreach (var resource in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = resource[Prefix.Length..];
            var content = Read(resource);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..HashCharacters];
            var extension = Path.GetExtension(name);
            var file = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{extension}";
            urls[name] = $"/{Prefix}{file}";
            files[file] = new(content, ContentTypes[extension], "public, max-age=31536000, immutable", compress: extension is ".css" or ".js" or ".svg");
        }

        _urls = urls.ToFrozenDictionary();
        _files = files.ToFrozenDictionary();
    }

    /// <summary>A file's address, by its name in Web/Assets.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string UrlOf(string name) => _urls[name];

    public Task ServeAsync(HttpContext context)
    {
        if (context.GetRouteValue("file") is string file && _files.TryGetValue(file, out var asset)) return asset.WriteAsync(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

/// <summary>What the layout links to.</summary>
internal sealed class AssetUrls(Assets assets)
{
    public string Stylesheet { get; } = assets.UrlOf("site.css");

    public string Script { get; } = assets.UrlOf("site.js");

    public string Favicon { get; } = assets.UrlOf("favicon.svg");

    /// <summary>What a shared link shows: 1,200 by 630 pixels.</summary>
    public string Card { get; } = assets.UrlOf("card.png");
}
