using AngleSharp.Html.Parser;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>That the rules of the house catch what they are for.</summary>
public sealed class HtmlTests
{
    [Fact]
    public void Breaches_SoundPage_None() => Assert.Empty(BreachesOf(
        """<label for="a">Name</label><input id="a" aria-describedby="b"><p id="b">Hint</p><label>Mail <input type="email"></label><button>Go</button><a href="#a">up</a>"""));

    [Theory]
    [InlineData("<input name=x>", "No label")]
    [InlineData("<label for=x></label><input id=x>", "No label")]
    [InlineData("<p id=x></p><p id=x></p>", "not unique")]
    [InlineData("<h1>Another</h1>", "exactly one h1")]
    [InlineData("<p style='color:red'>x</p>", "Inline style")]
    [InlineData("<script>alert(1)</script>", "Inline script")]
    [InlineData("<p onclick='x()'>x</p>", "Inline handler")]
    [InlineData("<a href=' JavaScript:x()'>x</a>", "javascript:")]
    [InlineData("<a href='#nowhere'>x</a>", "not on the page")]
    [InlineData("<label for=nothing>x</label>", "not on the page")]
    [InlineData("<button></button>", "No text")]
    [InlineData("<img src=/x.png>", "No alt")]
    public void Breaches_Breach_Named(string body, string breach) => Assert.Contains(BreachesOf(body), found => found.Contains(breach, StringComparison.Ordinal));

    [Fact]
    public void Breaches_BarePage_LanguageTitleHeadingAndDoctypeNamed() =>
        Assert.Equal(4, Html.Breaches(new HtmlParser().ParseDocument("<p>x</p>")).Count());

    private static List<string> BreachesOf(string body) => [.. Html.Breaches(new HtmlParser().ParseDocument(
        $"<!DOCTYPE html><html lang=en><head><title>T</title></head><body><h1>H</h1>{body}</body></html>"))];
}
