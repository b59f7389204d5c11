using CitizenFocus.Functions.Web;
using FsCheck;
using FsCheck.Fluent;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("A <b>bold</b> step", "A bold step")]
    [InlineData("Tom &amp; Jerry &lt;3", "Tom & Jerry <3")]
    [InlineData("1 < 2 > 0", "1 < 2 > 0")]
    [InlineData("a<script>alert('<b>')</script>b", "a b")]
    [InlineData("a<style>x{}</style>b<!-- <p>no</p> -->c", "a b c")]
    [InlineData("<p>One</p><p>Two<br>three</p>", "One Two three")]
    [InlineData("<img src=x onerror=alert(1)>", "")]
    [InlineData("open <b", "open")]
    [InlineData("<script>never closed", "")]
    [InlineData(" \u0007 bell ", "bell")]
    public void Line_OfHtml_HasItsWords(string html, string line) => Assert.Equal(line, HtmlText.Line(html));

    [Fact]
    public void Text_OfParagraphs_SetsThemApart() => Assert.Equal("One\n\nTwo\n\nthree", HtmlText.Text("<div><p>One</p>\n<p>Two<br/>three</p></div>"));

    [Fact]
    public void Text_OfAnything_EndsAndHasNoControlCharacters() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        html => HtmlText.Text(html.Get).All(c => !char.IsControl(c) || c == '\n') && !HtmlText.Line(html.Get).Contains('\n', StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_OfManyTags_TakesNoTimeToSpeakOf()
    {
        // Each unclosed one must not make the rest be looked through again.
        var html = string.Concat(Enumerable.Repeat("<script><p", 200_000));

        Assert.Equal("", HtmlText.Text(html));
    }
}
