using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Tests.Support;

namespace CitizenFocus.Functions.Tests.Hosting;

public sealed class EnvelopeTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("""{"Data":{"message":"\"{\\\"x\\\":1}\""},"Metadata":{"DequeueCount":"3"}}""", """{"x":1}""", 3)]
    [InlineData("""{"data":{"message":"\"plain \\u00e9\""},"metadata":{"dequeueCount":"2"}}""", "plain é", 2)]
    [InlineData("""{"Data":{"message":"{\"x\":1}"},"Metadata":{"DequeueCount":4,"x":1}}""", """{"x":1}""", 4)]
    [InlineData("""{"Data":{"message":"not encoded twice"}}""", "not encoded twice", 1)]
    [InlineData("""{"Data":{"message":"\"half"},"Metadata":null}""", "\"half", 1)]
    [InlineData("""{"Data":{"message":"\"\""},"Metadata":{"DequeueCount":"many"}}""", "", 1)]
    public async Task QueueMessage_AsTheHostWritesIt_IsReadWhole(string envelope, string text, int dequeueCount) =>
        Assert.Equal(new QueueInvocation(text, dequeueCount), await InvocationEnvelope.ReadQueueMessageAsync(Bytes(envelope), default));

    [Theory]
    [InlineData("""{"Data":{"timer":{"IsPastDue":true}},"Metadata":{}}""", true)]
    [InlineData("""{"data":{"timer":{"isPastDue":true}}}""", true)]
    [InlineData("""{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}}}""", false)]
    [InlineData("""{"Data":{"timer":"\"anything\""}}""", false)]
    public async Task Timer_AsTheHostWritesIt_IsRead(string envelope, bool isPastDue) =>
        Assert.Equal(new TimerInvocation(isPastDue), await InvocationEnvelope.ReadTimerAsync(Bytes(envelope), default));

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Data":[]}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"message":1}}""")]
    [InlineData("""{"Data":{"message":{"webinar":"talk"}}}""")]
    [InlineData("""{"Data":{"message":"x"}""")]
    public async Task Post_OfWhatIsNoEnvelope_Is400(string body)
    {
        var response = await fixture.Site.PostEnvelopeAsync("AdvanceWebinar", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Function_ThatSucceeds_AnswersAJsonObject()
    {
        var response = await fixture.Site.InvokeAsync("AdvanceWebinar", """{"webinar":"no-such-webinar"}""");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.IsType<JsonObject>(JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Function_ThatFails_Is500SoThatTheHostTriesAgain()
    {
        await using var broken = await fixture.Site.StartAnotherAsync();
        broken.Calls.Disturb = (_, _) => throw new InjectedFault();

        var response = await broken.InvokeAsync("AdvanceWebinar", """{"webinar":"talk"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("AdvanceWebinar failed", broken.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Function_ByAnotherMethodThanPost_IsNotThere(string method)
    {
        var response = await fixture.Site.Client.SendAsync(new(new HttpMethod(method), "/SendEmail"));

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
