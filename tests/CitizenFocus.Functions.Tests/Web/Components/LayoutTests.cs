using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Tests.Web.Components;

public sealed class LayoutTests
{
    [Fact]
    public async Task Page_OfASection_HasTitleAddressAndMarkedNavigation()
    {
        var page = await Render.PageAsync<Layout>(("Title", "Handbook"), ("Path", "/library/handbook"), ("Description", "What it is."), ("ChildContent", Render.Content("<h1>Handbook</h1>")));

        Assert.Equal("Handbook \u00b7 Citizen Focus", page.Title);
        Assert.Equal("https://focus.example/library/handbook", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("What it is.", page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal("Library", Assert.Single(page.QuerySelectorAll("[aria-current]")).TextContent);
        Assert.Equal("#main", page.Body!.QuerySelector("a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("meta[name=robots]"));
    }

    [Fact]
    public async Task Page_OfOnePerson_IsNeitherFoundNorTold()
    {
        var page = await Render.PageAsync<Layout>(("Title", "Yours"), ("Path", "/registrations/secret"), ("IsPrivate", true), ("ChildContent", Render.Content("<h1>Yours</h1>")));

        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal("no-referrer", page.QuerySelector("meta[name=referrer]")!.GetAttribute("content"));
        Assert.DoesNotContain("secret", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Any_AsksNothingOfAnotherSite()
    {
        var page = await Render.PageAsync<Layout>(("Title", "T"), ("Path", "/"), ("ChildContent", Render.Content("<h1>T</h1>")));

        Assert.All(
            page.QuerySelectorAll("script[src], img[src], iframe[src], link[rel=stylesheet], link[rel=icon]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")),
            address => Assert.StartsWith("/assets/", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ErrorPage_WithATraceId_ShowsAllAndHasNoAddress()
    {
        var page = await Render.PageAsync<ErrorPage>(("Status", 500), ("Title", "Broken <b>"), ("Text", "Our fault."), ("TraceId", "abc123"));

        Assert.Equal("Broken <b>", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Error 500", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("abc123", page.QuerySelector("code")!.TextContent);
        Assert.Null(page.QuerySelector("link[rel=canonical]"));
        Assert.Null(page.QuerySelector("[aria-current]"));
    }
}
