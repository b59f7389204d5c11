using AngleSharp.Html.Parser;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Tests.Web.Components;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b")]
    [InlineData("<!-- note --> <b>bold</b>")]
    public async Task RawHtml_Any_IsText(string text)
    {
        var part = await Render.PartAsync<MarkdownText>(("Text", text));

        Assert.Empty(part.QuerySelectorAll("script, img, b"));
        Assert.Contains(text, part.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[text](javascript:alert(1))")]
    [InlineData("[text](JaVaScRiPt:alert(1))")]
    [InlineData("[text](data:text/html,x)")]
    [InlineData("[text](//evil.example/)")]
    [InlineData("[text](/path)")]
    [InlineData("[text][1]\n\n[1]: vbscript:x")]
    [InlineData("<javascript:text>")]
    [InlineData("![text](data:image/png,x)")]
    public async Task Link_ToAnythingElse_IsItsTextOnly(string text)
    {
        var part = await Render.PartAsync<MarkdownText>(("Text", text));

        Assert.Empty(part.QuerySelectorAll("a, img"));
        Assert.Contains("text", part.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[text](https://city.example/a?b=c)", "https://city.example/a?b=c")]
    [InlineData("[text](http://city.example)", "http://city.example")]
    [InlineData("[text](mailto:team@city.example)", "mailto:team@city.example")]
    [InlineData("<https://city.example/>", "https://city.example/")]
    [InlineData("<team@city.example>", "mailto:team@city.example")]
    [InlineData("![text](https://city.example/a.png)", "https://city.example/a.png")]
    public async Task Link_ToTheWebOrAMailbox_IsALinkThatOpensNothing(string text, string href)
    {
        var part = await Render.PartAsync<MarkdownText>(("Text", text));

        var link = Assert.Single(part.QuerySelectorAll("a"));
        Assert.Equal(href, link.GetAttribute("href"));
        Assert.Equal("noopener", link.GetAttribute("rel"));
        Assert.Empty(part.QuerySelectorAll("img"));
    }

    [Theory]
    [InlineData("# A\n## B\n# C", "h2 h3 h2")]
    [InlineData("### A\n### B", "h2 h2")]
    [InlineData("# A\n#### B\n## C", "h2 h3 h3")]
    [InlineData("## A\n# B", "h2 h2")]
    [InlineData("###### A\n# B\n###### C", "h2 h2 h3")]
    public void Headings_OfAnyLevels_BeginBelowThePageAndLeaveNoneOut(string text, string expected)
    {
        var document = new HtmlParser().ParseDocument(MarkdownText.ToHtml(text, topLevel: 2));

        Assert.Equal(expected, string.Join(' ', document.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName)));
    }

    [Fact]
    public async Task Text_Blank_IsNotThere() => Assert.Empty((await Render.PartAsync<MarkdownText>(("Text", " \n"))).Children);
}
