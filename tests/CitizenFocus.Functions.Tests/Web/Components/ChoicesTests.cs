using CitizenFocus.Functions.Web.Components;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Web.Components;

public sealed class ChoicesTests
{
    [Fact]
    public void TimeZones_All_AreOfTzdb() =>
        Assert.All(Values(Choices.TimeZones), zone => Assert.NotNull(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)));

    [Fact]
    public void Countries_All_AreThoseOfIso3166()
    {
        var codes = Values(Choices.Countries).ToList();

        Assert.Equal(249, codes.Distinct().Count());
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[A-Z]{2}$", code));
    }

    [Fact]
    public void Languages_All_AreTheTwentyFourOfTheUnion() => Assert.Equal(24, Values(Choices.Languages).Distinct().Count());

    private static IEnumerable<string> Values(IEnumerable<SelectGroup> groups) => groups.SelectMany(group => group.Options).Select(option => option.Value);
}
