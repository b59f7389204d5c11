using CitizenFocus.Functions.Home;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Webinars;
using NodaTime;

namespace CitizenFocus.Functions.Tests.Home;

public sealed class HomePageTests
{
    private static readonly HomePageModel Empty = new() { Upcoming = [], Past = [], Commitments = [], News = [] };

    private static readonly Webinar Webinar = new()
    {
        Slug = WebinarSlug.Parse("talk"),
        Title = "Talk",
        Status = WebinarStatus.Published,
        Start = new(2026, 12, 8, 14, 0),
        Zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"],
        Duration = Duration.FromMinutes(90),
    };

    [Fact]
    public async Task Home_NothingThereYet_StillSaysWhatThisIsAndWhatToDo()
    {
        var page = await Render.PageAsync<HomePage>(("Model", Empty));

        Assert.NotNull(page.QuerySelector(".hero a[href='/calendar.ics']"));
        Assert.Empty(page.QuerySelectorAll(".band"));
    }

    [Fact]
    public async Task Home_NextIsOpen_LinksToItsForm()
    {
        var page = await Render.PageAsync<HomePage>(("Model", Empty with { Upcoming = [Webinar], NextIsOpen = true }));

        var link = page.QuerySelector(".hero a.button")!;
        Assert.Equal("/webinars/talk#register", link.GetAttribute("href"));
        Assert.Equal("Register for Talk", link.TextContent);
    }

    [Fact]
    public async Task Home_NextIsNotOpen_OffersNoRegistration() =>
        Assert.Null((await Render.PageAsync<HomePage>(("Model", Empty with { Upcoming = [Webinar] }))).QuerySelector(".hero a.button"));
}
