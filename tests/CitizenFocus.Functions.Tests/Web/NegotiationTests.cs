using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Http;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class NegotiationTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    [Theory]
    [InlineData(Browser, null, false)]
    [InlineData(Browser, "application/json", false)]
    [InlineData("application/json", null, true)]
    [InlineData("application/problem+json", null, true)]
    [InlineData("application/json, text/plain, */*", null, true)]
    [InlineData("application/json, text/html", null, true)]
    [InlineData("text/html, application/json", null, false)]
    [InlineData("text/html;q=0.5, application/json;q=0.9", null, true)]
    [InlineData("text/html, application/json;q=0", null, false)]
    [InlineData("text/*, application/json;q=0.9", null, false)]
    [InlineData("application/*", null, true)]
    [InlineData("*/*", null, false)]
    [InlineData("*/*", "application/x-www-form-urlencoded", false)]
    [InlineData("*/*", "application/json", true)]
    [InlineData("*/*", "application/json; charset=utf-8", true)]
    [InlineData(null, null, false)]
    [InlineData(null, "application/json", true)]
    [InlineData("image/png", null, false)]
    [InlineData("this is no header", "application/json", true)]
    public void WantsJson_AcceptAndBody_AsRanked(string? accept, string? contentType, bool expected)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null) request.Headers.Accept = accept;
        request.ContentType = contentType;

        Assert.Equal(expected, Negotiation.WantsJson(request));
    }
}
