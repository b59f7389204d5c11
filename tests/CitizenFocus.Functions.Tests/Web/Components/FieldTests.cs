using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;

namespace CitizenFocus.Functions.Tests.Web.Components;

public sealed class FieldTests
{
    private const string Markup = "\"><script>alert(1)</script>'&amp;";

    [Fact]
    public async Task TextField_WithHintAndError_DescribesTheControlByBothErrorFirst()
    {
        var part = await Render.PartAsync<TextField>(("Name", "email"), ("Label", "E-mail"), ("Hint", "Where we write to."), ("Error", "Give an address."), ("Required", true));

        var input = part.QuerySelector("input")!;
        Assert.Equal("field-email", input.Id);
        Assert.Equal("email", input.GetAttribute("name"));
        Assert.Equal("field-email-error field-email-hint", input.GetAttribute("aria-describedby"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Error: Give an address.", part.QuerySelector("#field-email-error")!.TextContent);
        Assert.Equal("Where we write to.", part.QuerySelector("#field-email-hint")!.TextContent);
        Assert.Equal("field-email", part.QuerySelector("label")!.GetAttribute("for"));
    }

    [Fact]
    public async Task TextField_WithoutHintAndError_SaysNothingOfThem()
    {
        var part = await Render.PartAsync<TextField>(("Name", "name"), ("Label", "Name"));

        var input = part.QuerySelector("input")!;
        Assert.False(input.HasAttribute("aria-describedby"));
        Assert.False(input.HasAttribute("aria-invalid"));
        Assert.Null(part.QuerySelector(".error, .hint"));
    }

    [Theory]
    [InlineData(true, "(required)")]
    [InlineData(false, "(optional)")]
    public async Task EveryField_RequiredOrNot_SaysSoInWordsAndToTheBrowser(bool required, string words)
    {
        foreach (var part in new[]
        {
            await Render.PartAsync<TextField>(("Name", "x"), ("Label", "X"), ("Required", required)),
            await Render.PartAsync<SelectField>(("Name", "x"), ("Label", "X"), ("Required", required)),
            await Render.PartAsync<CheckboxField>(("Name", "x"), ("Label", "X"), ("Required", required)),
        })
        {
            Assert.EndsWith(words, part.QuerySelector("label")!.TextContent.Trim(), StringComparison.Ordinal);
            Assert.Equal(required, part.QuerySelector("input, select")!.HasAttribute("required"));
        }
    }

    [Fact]
    public async Task EveryField_MarkupAnywhere_IsText()
    {
        foreach (var part in new[]
        {
            await Render.PartAsync<TextField>(("Name", "x"), ("Label", Markup), ("Hint", Markup), ("Error", Markup), ("Value", Markup)),
            await Render.PartAsync<SelectField>(("Name", "x"), ("Label", Markup), ("Hint", Markup), ("Error", Markup), ("Value", Markup)),
            await Render.PartAsync<CheckboxField>(("Name", "x"), ("Label", Markup), ("Hint", Markup), ("Error", Markup)),
            await Render.PartAsync<ErrorSummary>(("Errors", new ValidationErrors { { "x", Markup } })),
            await Render.PartAsync<HiddenRobotFields>(("FormToken", Markup)),
        })
        {
            Assert.Empty(part.QuerySelectorAll("script"));
            Assert.True(part.TextContent.Contains(Markup, StringComparison.Ordinal) || part.QuerySelector($"input[type=hidden]")?.GetAttribute("value") == Markup);
        }
    }

    [Fact]
    public async Task TextField_ValueWithMarkup_KeepsWhatWasTyped() =>
        Assert.Equal(Markup, (await Render.PartAsync<TextField>(("Name", "x"), ("Value", Markup))).QuerySelector("input")!.GetAttribute("value"));

    [Fact]
    public async Task SelectField_ValueOfItsOwn_SelectsThatOneOnly()
    {
        var part = await Render.PartAsync<SelectField>(("Name", "country"), ("Groups", Choices.Countries), ("Value", "GR"));

        Assert.Equal("Greece", Assert.Single(part.QuerySelectorAll("option[selected]")).TextContent);
        Assert.Equal(["Europe", "Elsewhere"], part.QuerySelectorAll("optgroup").Select(group => group.GetAttribute("label")));
    }

    [Fact]
    public async Task SelectField_ForeignValue_KeepsIt()
    {
        var part = await Render.PartAsync<SelectField>(("Name", "timeZone"), ("Groups", Choices.TimeZones), ("Value", "Mars/Base"));

        Assert.Equal("Mars/Base", Assert.Single(part.QuerySelectorAll("option[selected]")).GetAttribute("value"));
    }

    [Fact]
    public async Task SelectField_OptionsInOtherLanguages_SayWhich()
    {
        var part = await Render.PartAsync<SelectField>(("Name", "language"), ("Groups", Choices.Languages));

        Assert.All(part.QuerySelectorAll("option:not([value=''])"), option => Assert.Equal(option.GetAttribute("value"), option.GetAttribute("lang")));
    }

    [Fact]
    public async Task ErrorSummary_ForAPrefixedForm_LinksToItsFields()
    {
        var summary = await Render.PartAsync<ErrorSummary>(("Errors", new ValidationErrors { { "email", "Give an address." } }), ("IdPrefix", "again"));
        var field = await Render.PartAsync<TextField>(("Name", "email"), ("IdPrefix", "again"));

        var box = summary.QuerySelector("[role=alert]")!;
        Assert.Equal("-1", box.GetAttribute("tabindex"));
        Assert.Equal("#" + field.QuerySelector("input")!.Id, box.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task ErrorSummary_NothingWrong_IsNotThere() =>
        Assert.Empty((await Render.PartAsync<ErrorSummary>(("Errors", new ValidationErrors()))).Children);

    [Fact]
    public async Task HiddenRobotFields_ForPeople_AreOutOfReach()
    {
        var part = await Render.PartAsync<HiddenRobotFields>(("FormToken", "made-now"));

        var trap = part.QuerySelector($"input[name={FormTokens.Trap}]")!;
        Assert.NotNull(trap.Closest("[aria-hidden=true]"));
        Assert.Equal("-1", trap.GetAttribute("tabindex"));
        Assert.Equal("off", trap.GetAttribute("autocomplete"));
        Assert.Equal("made-now", part.QuerySelector($"input[type=hidden][name={FormTokens.Field}]")!.GetAttribute("value"));
    }
}
