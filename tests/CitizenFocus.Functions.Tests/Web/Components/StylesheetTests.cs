using System.Globalization;
using System.Text.RegularExpressions;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Tests.Web.Components;

/// <summary>WCAG 2.2: 1.4.3 (text, 4.5 : 1) and 1.4.11 (what marks a control, 3 : 1), by the colours that stand in the stylesheet.</summary>
public sealed partial class StylesheetTests
{
    private static readonly string Css = Read();

    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (var ground in new[] { "paper", "surface", "tint" })
            {
                foreach (var text in new[] { "ink", "ink-soft", "link", "accent" }) pairs.Add(text, ground, 4.5);
            }

            foreach (var ground in new[] { "paper", "surface" })
            {
                pairs.Add("wrong", ground, 4.5);
                pairs.Add("edge", ground, 3);
                pairs.Add("focus", ground, 3);
            }

            pairs.Add("on-brand", "hero", 4.5);
            pairs.Add("on-brand-soft", "hero", 4.5);
            pairs.Add("on-brand", "hero-ring", 4.5);
            pairs.Add("on-brand-soft", "hero-ring", 4.5);
            pairs.Add("on-action", "action", 4.5);
            pairs.Add("on-action", "action-hover", 4.5);
            pairs.Add("action", "surface", 3);
            pairs.Add("good", "good-tint", 4.5);
            pairs.Add("warn", "warn-tint", 4.5);
            pairs.Add("ink", "good-tint", 4.5);
            pairs.Add("ink", "warn-tint", 4.5);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_InBothSchemes_CanBeTold(string colour, string ground, double least)
    {
        var light = Colours(Root().Matches(Css)[0].Value);
        var dark = light.ToDictionary();
        foreach (var (name, value) in Colours(Root().Matches(Css)[1].Value)) dark[name] = value;

        Assert.All([light, dark], scheme => Assert.InRange(Contrast(scheme[colour], scheme[ground]), least, 21));
    }

    [Fact]
    public void Stylesheet_Whole_IsSmallAndAsksNothingOfAnotherSite()
    {
        Assert.True(Css.Length < 18_000, $"{Css.Length} characters.");
        Assert.DoesNotContain("url(", Css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Css, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Colours(string block) =>
        Colour().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // WCAG 2.2, "relative luminance".
    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    private static string Read()
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("assets/site.css")!;
        return new StreamReader(stream).ReadToEnd();
    }

    [GeneratedRegex(@":root \{[^}]+\}")]
    private static partial Regex Root();

    [GeneratedRegex(@"--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}
