using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Reports;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Email.Reports;

public sealed class MachinesTests(ReportsFixture reports) : IClassFixture<ReportsFixture>
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly string _address = a.Address();

    [Theory]
    [InlineData(Browser, false)]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT_X18) AppleWebKit/537.36", false)]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("Mozilla/5.0", true)]
    [InlineData("BarracudaCentral/1.0", true)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1)", true)]
    [InlineData("python-requests/2.32", true)]
    public void UserAgent_OfAMachine_IsKnown(string? agent, bool isMachine) => Assert.Equal(isMachine, Machines.IsAgent(agent));

    [Theory]
    [InlineData("useragent", "Mimecast/1.0")]
    [InlineData("sg_machine_open", "true")]
    public async Task Open_OfAMachine_DoesNotMoveTheRow(string property, string value)
    {
        await reports.AddAsync(_address);

        await reports.PostAsync(reports.Event(_address, "delivered"), reports.Event(_address, "open", at: reports.Now.AddHours(1), change: sent => sent[property] = value));
        Assert.Equal(DeliveryReportState.Delivered, (await reports.RowAsync(_address)).Report);

        await reports.PostAsync(reports.Event(_address, "open", at: reports.Now.AddHours(2), change: sent => sent["useragent"] = Browser));
        Assert.Equal(DeliveryReportState.Opened, (await reports.RowAsync(_address)).Report);
    }

    [Theory]
    [InlineData(5, DeliveryReportState.Delivered)]
    [InlineData(6, DeliveryReportState.Clicked)]
    public async Task Click_WithinSecondsOfTheDelivery_IsAMachines_WhicheverIsReportedFirst(int seconds, object report)
    {
        await reports.AddAsync(_address);

        await reports.PostAsync(reports.Event(_address, "click", at: reports.Now.AddSeconds(seconds), change: sent => sent["url"] = "https://focus.example/a"));
        Assert.Equal(DeliveryReportState.Clicked, (await reports.RowAsync(_address)).Report);
        await reports.PostAsync(reports.Event(_address, "delivered"));

        Assert.Equal(report, (await reports.RowAsync(_address)).Report);
    }

    [Fact]
    public async Task Clicks_OnSeveralLinksAtOnce_AreAMachines_TheEarlierOnesToo()
    {
        await reports.AddAsync(_address);
        await reports.PostAsync(reports.Event(_address, "delivered"));

        await ClickAsync("a", 60);
        Assert.Equal(DeliveryReportState.Clicked, (await reports.RowAsync(_address)).Report);
        await ClickAsync("b", 63);
        Assert.Equal(DeliveryReportState.Delivered, (await reports.RowAsync(_address)).Report);

        // A person, later and one link at a time, twice the same at that.
        await ClickAsync("a", 90);
        await ClickAsync("a", 91);
        Assert.Equal((DeliveryReportState.Clicked, reports.Now.AddSeconds(90)), ((await reports.RowAsync(_address)).Report!.Value, (await reports.RowAsync(_address)).ReportedAt!.Value));
    }

    private Task ClickAsync(string link, int seconds) => reports.PostAsync(reports.Event(
        _address,
        "click",
        at: reports.Now.AddSeconds(seconds),
        change: sent => (sent["url"], sent["useragent"]) = ($"https://focus.example/{link}", Browser)));
}
