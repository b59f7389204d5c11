using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class ErrorsTests : IAsyncLifetime
{
    private WebHost _host = null!;

    public async Task InitializeAsync() => _host = await WebHost.StartAsync(app =>
    {
        app.MapGet("/throws", (RequestDelegate)(context =>
        {
            context.Response.Headers.SetCookie = "half=done";
            throw new InvalidOperationException("the secret detail");
        }));
        app.MapGet("/bad", (RequestDelegate)(_ => throw new BadHttpRequestException("the secret detail", StatusCodes.Status431RequestHeaderFieldsTooLarge)));
        app.MapGet("/gone", WebHost.Answer(_ => Task.FromResult(Results.StatusCode(StatusCodes.Status410Gone))));
        app.MapGet("/worded", WebHost.Answer(_ => Task.FromResult(Problems.Validation(new ValidationErrors { { "email", "Please enter an address." }, { "email", "Really." } }))));
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/throws", 500)]
    [InlineData("GET", "/bad", 431)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("POST", "/nowhere", 404)]
    [InlineData("POST", "/SendEmail", 404)]
    [InlineData("POST", "/throws", 405)]
    [InlineData("DELETE", "/health", 405)]
    [InlineData("GET", "/gone", 410)]
    public async Task Answer_Error_PageOrProblemWithoutDetails(string method, string path, int status)
    {
        var page = await SendAsync(method, path, "text/html");
        var problem = await SendAsync(method, path, "application/json");

        Assert.Equal((status, status), ((int)page.StatusCode, (int)problem.StatusCode));
        await Html.ReadAsync(page);
        var json = JsonNode.Parse(await problem.Content.ReadAsStringAsync())!;
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int)json["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)json["traceId"]));
        foreach (var answer in new[] { page, problem })
        {
            Assert.DoesNotContain("secret detail", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("Accept", answer.Headers.Vary.Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Answer_OurFault_PageHasATraceId() =>
        Assert.Matches("<code>[0-9a-f]{32}</code>|<code>[0-9A-Z]+:[0-9]+</code>", await (await SendAsync("GET", "/throws", "text/html")).Content.ReadAsStringAsync());

    [Fact]
    public async Task Answer_OtherMethod_AllowSaysWhich() =>
        Assert.Equal(["GET"], (await SendAsync("POST", "/throws", "text/html")).Content.Headers.Allow);

    [Fact]
    public async Task Answer_WrittenByAnEndpoint_LeftAlone()
    {
        var response = await SendAsync("GET", "/worded", "text/html");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!;
        Assert.Equal(["Please enter an address.", "Really."], errors["email"]!.AsArray().Select(message => (string?)message));
    }

    [Fact]
    public async Task Answer_NoHttp_400() =>
        Assert.StartsWith("HTTP/1.1 400", await _host.SendRawAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n")), StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string accept)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd(accept);
        return await _host.Client.SendAsync(request);
    }
}
