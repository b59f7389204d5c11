using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class LinksTests
{
    private readonly Links _links = new(new SiteOptions { BaseUrl = new("https://webinars.example.org") });

    [Fact]
    public void Absolute_Path_UnderTheConfiguredBase() =>
        Assert.Equal("https://webinars.example.org/webinars/energy/calendar.ics", _links.Absolute(_links.WebinarCalendar("energy")).AbsoluteUri);

    [Fact]
    public void Segment_AnyText_StaysOneSegment() =>
        Assert.Equal("https://webinars.example.org/library/a%2F..%3Fb%23c", _links.Absolute(_links.Document("a/..?b#c")).AbsoluteUri);

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("")]
    public void Absolute_NoPathOfThisSite_Throws(string path) => Assert.Throws<ArgumentException>(() => _links.Absolute(path));

    [Fact]
    public void DigestIssue_ByItsWeek_IsItsAddress() => Assert.Equal("/digest/issues/2026-W03", _links.DigestIssue("2026-W03"));
}
