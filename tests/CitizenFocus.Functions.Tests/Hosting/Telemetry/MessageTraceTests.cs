using System.Diagnostics;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Hosting.Telemetry;
using CitizenFocus.Functions.Webinars;

namespace CitizenFocus.Functions.Tests.Hosting.Telemetry;

public sealed class MessageTraceTests
{
    private const string Message = """{"webinar":"open-data"}""";

    [Fact]
    public void Trace_PutIntoAMessage_IsReadBack()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var message = Message[..^1] + MessageTrace.Property(activity) + "}";
        var read = MessageTrace.Read(message);

        Assert.Equal((activity.TraceId, activity.SpanId), (read.TraceId, read.SpanId));
        Assert.True(read.IsRemote);

        // The release before reads it, too.
        Assert.Equal("open-data", (string)JsonNode.Parse(message)!["webinar"]!);
        Assert.Equal("open-data", Announcements.Parse(message).Value);
    }

    [Theory]
    [InlineData(Message)]
    [InlineData("")]
    [InlineData("""{"a":1,"traceparent":"00-x"}""")]
    [InlineData("""{"a":1,"traceparent":"00-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-0000000000000000-01"}""")]
    public void Trace_OfAMessageWithoutOne_IsNone(string message) => Assert.Equal(default, MessageTrace.Read(message));

    [Theory]
    [InlineData("""{"a":1,"visibleAt":1790000000}""", 1790000000L)]
    [InlineData("""{"a":1,"visibleAt":1790000000,"traceparent":"x"}""", 1790000000L)]
    [InlineData("""{"a":1}""", null)]
    [InlineData("""{"a":1,"visibleAt":}""", null)]
    [InlineData("""{"a":1,"visibleAt":99999999999999999999}""", null)]
    public void VisibleAt_OfAMessage_IsReadWhereItIs(string message, long? seconds) => Assert.Equal(seconds, QueueMessages.VisibleAt(message)?.ToUnixTimeSeconds());
}
