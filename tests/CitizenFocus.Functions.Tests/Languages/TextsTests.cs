using System.Text.RegularExpressions;
using CitizenFocus.Functions.Languages;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Languages;

/// <summary>Every text is there in every language, with the same parameters, and none stands there for nobody.</summary>
public sealed partial class TextsTests
{
    private static readonly string[] Sources =
    [
        .. new[] { "*.cs", "*.razor" }.SelectMany(pattern => Directory.EnumerateFiles(Repository.Path("functions/CitizenFocus.Functions"), pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText),
    ];

    public static TheoryData<string> Tags => [.. Texts.Tags];

    [Fact]
    public void Tags_AreThoseThatTheSitePromises() => Assert.Superset(new HashSet<string> { "en", "fr", "de", "it", "es", "el" }, Texts.Tags.ToHashSet());

    [Theory]
    [MemberData(nameof(Tags))]
    public void Keys_OfALanguage_AreThoseOfEnglish(string tag) =>
        Assert.Equal(Texts.English.All.Keys.Order(StringComparer.Ordinal), Texts.In(tag).All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Tags))]
    public void Parameters_OfEachText_AreThoseOfEnglish(string tag) => Assert.Equal(
        [],
        from english in Texts.English.All
        from form in Texts.In(tag).All[english.Key]
        let expected = ParametersOf(english.Value["other"])
        let actual = ParametersOf(form.Value)

        // A form of one number may say it in words.
        where form.Key == "other" || english.Value.Count == 1 ? !expected.SetEquals(actual) : !actual.IsSubsetOf(expected) || !expected.Except(["count"]).ToHashSet().IsSubsetOf(actual)
        select $"{english.Key}, {form.Key}: {form.Value}");

    /// <summary>A language whose numbers go by more forms than it gives would be wrong for some of them.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Forms_OfATextByNumber_AreAllThatTheLanguageHas(string tag)
    {
        var categories = Enumerable.Range(0, 1000).Select(n => Plurals.CategoryOf(tag, n)).Append(Plurals.Other).ToHashSet();

        Assert.All(
            Texts.English.All.Where(text => text.Value.Count > 1).Select(text => Texts.In(tag).All[text.Key]),
            forms => Assert.Equal(categories.Order(StringComparer.Ordinal), forms.Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Texts_OfALanguage_AreNeitherEmptyNorLeftInEnglish(string tag)
    {
        var texts = Texts.In(tag).All.SelectMany(text => text.Value.Select(form => (text.Key, Form: form.Value, English: Texts.English.All[text.Key].GetValueOrDefault(form.Key)))).ToList();

        Assert.All(texts, text => Assert.Equal(text.Form.Trim(), text.Form));
        Assert.All(texts, text => Assert.NotEqual("", text.Form));

        // Some words are the same in two languages; sentences are not.
        if (tag != "en") Assert.Empty(texts.Where(text => text.English == text.Form && text.Form.Count(c => c == ' ') > 2 && !text.Key.StartsWith("date.", StringComparison.Ordinal)).Select(text => text.Key));
    }

    [Fact]
    public void Keys_ThatTheCodeNames_AreThereAndNoOthers() => Assert.Equal(
        Texts.English.All.Keys.Order(StringComparer.Ordinal),
        Sources.SelectMany(source => Key().Matches(source)).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The names that the code gives are those that the text wants.</summary>
    [Fact]
    public void Parameters_ThatTheCodeGives_AreThoseOfTheText()
    {
        var calls = Sources.SelectMany(source => Call().Matches(source)).ToList();

        Assert.NotEmpty(calls);
        Assert.Equal(
            [],
            from call in calls
            let key = call.Groups["key"].Value
            let given = call.Groups["name"].Captures.Select(name => name.Value).Concat(call.Groups["plural"].Success ? ["count"] : []).ToHashSet()
            where !given.IsSupersetOf(ParametersOf(Texts.English.All[key]["other"])) || !given.Except(["count"]).ToHashSet().IsSubsetOf(ParametersOf(Texts.English.All[key]["other"]))
            select $"{key} is given {string.Join(", ", given)}");
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Day_OfEachMonthAndWeekday_HasItsWords(string tag)
    {
        var texts = Texts.In(tag);
        var days = Enumerable.Range(0, 365).Select(n => texts.Day(new LocalDate(2027, 1, 1).PlusDays(n))).ToList();

        Assert.Equal(365, days.Distinct().Count());
        Assert.Equal((12, 7), (texts.Of("date.months").Split('|').Distinct().Count(), texts.Of("date.weekdays").Split('|').Distinct().Count()));
    }

    [Theory]
    [InlineData("en", "Sunday 6 December 2026")]
    [InlineData("fr", "dimanche 6 décembre 2026")]
    [InlineData("de", "Sonntag, 6. Dezember 2026")]
    [InlineData("it", "domenica 6 dicembre 2026")]
    [InlineData("es", "domingo, 6 de diciembre de 2026")]
    [InlineData("el", "Κυριακή 6 Δεκεμβρίου 2026")]
    public void Day_InALanguage_IsWrittenAsThere(string tag, string day) => Assert.Equal(day, Texts.In(tag).Day(new(2026, 12, 6)));

    [Theory]
    [InlineData("fr-BE", "fr")]
    [InlineData("DE", "de")]
    [InlineData("zh-Hant-TW", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    [InlineData("../../secrets", "en")]
    public void In_OfAWish_IsTheNearestThatThereIs(string? wish, string tag) => Assert.Equal(tag, Texts.In(wish).Tag);

    [Theory]
    [InlineData("el,en;q=0.8", "el")]
    [InlineData("nl-BE,fr-BE;q=0.7,de;q=0.9", "de")]
    [InlineData("fr;q=0,it;q=0.1", "it")]
    [InlineData("*", "en")]
    [InlineData("zh", "en")]
    [InlineData("", "en")]
    [InlineData(";;;q=x", "en")]
    public void RequestLanguage_OfABrowser_IsTheOneItLikesBest(string header, string tag)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = header;

        Assert.Equal(tag, RequestLanguage.Of(context.Request));
    }

    /// <summary>Examples of CLDR's own tables.</summary>
    [Theory]
    [InlineData("en", "other:0,2,11 one:1")]
    [InlineData("fr", "one:0,1 other:2,17")]
    [InlineData("cs", "one:1 few:2,4 other:0,5,11")]
    [InlineData("pl", "one:1 few:2,4,22,104 many:0,5,12,14,21,112")]
    [InlineData("lt", "one:1,21,101 few:2,9,22 other:0,10,11,19,20,111")]
    [InlineData("lv", "zero:0,10,11,19,20,111 one:1,21,101 other:2,9,22")]
    [InlineData("hr", "one:1,21,101 few:2,4,22 other:0,5,11,12,14,111")]
    [InlineData("sl", "one:1,101 two:2,102 few:3,4,103 other:0,5,11")]
    [InlineData("ro", "one:1 few:0,2,16,101,119 other:20,100,120")]
    [InlineData("mt", "one:1 two:2 few:0,3,10,103 many:11,19,111 other:20,100")]
    [InlineData("ga", "one:1 two:2 few:3,6 many:7,10 other:0,11,20")]
    [InlineData("el", "one:1 other:0,2")]
    public void Plural_OfANumber_HasTheFormOfCldr(string tag, string examples)
    {
        foreach (var example in examples.Split(' ').Select(part => part.Split(':')))
        {
            Assert.All(example[1].Split(','), number => Assert.Equal((number, example[0]), (number, Plurals.CategoryOf(tag, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))));
        }
    }

    [Fact]
    public void Parameter_ThatLooksLikeOne_IsNotFilledInAgain() =>
        Assert.Equal("Hello {name} {count},", Texts.English.Of("email.helloName", ("name", "{name} {count}")));

    private static HashSet<string> ParametersOf(string text) => [.. Parameter().Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"""((?:email|date|webinar)\.[\w.]+)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"exts(?:\.Of|(?<plural>\.Plural))\(""(?<key>[\w.]+)""(?:, [^(),""]+(?:\([^()]*\))?)?(?:, \(""(?<name>\w+)"", (?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)")]
    private static partial Regex Call();
}
