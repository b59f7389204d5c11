using System.Net;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class OrganiserApiFilterTests
{
    private const string Token = "0123456789abcdef0123456789abcdef0123456789a=";

    [Theory]
    [InlineData($"Bearer {Token}", 200)]
    [InlineData($"bearer  {Token}", 200)]
    [InlineData($"Bearer {Token}x", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData($"Basic {Token}", 401)]
    [InlineData(Token, 401)]
    [InlineData(null, 401)]
    public async Task Request_Token_LetInOnlyWithTheRightOne(string? header, int status)
    {
        await using var host = await StartAsync(Token);

        Assert.Equal(status, (int)(await SendAsync(host, header)).StatusCode);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer null")]
    [InlineData(null)]
    public async Task Request_NoTokenConfigured_NobodyLetIn(string? header)
    {
        await using var host = await StartAsync(null);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(host, header)).StatusCode);
    }

    [Fact]
    public async Task Request_WrongToken_ChallengeSaysSo()
    {
        await using var host = await StartAsync(Token);

        Assert.Equal("Bearer realm=\"organisers\"", (await SendAsync(host, null)).Headers.WwwAuthenticate.ToString());
        Assert.Equal("Bearer realm=\"organisers\", error=\"invalid_token\"", (await SendAsync(host, "Bearer x")).Headers.WwwAuthenticate.ToString());
    }

    private static Task<WebHost> StartAsync(string? token) => WebHost.StartAsync(
        app => app.MapGet("/api/x", () => Results.Text("in")).AddEndpointFilter<OrganiserApiFilter>(),
        builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Api:Token"] = token }));

    private static async Task<HttpResponseMessage> SendAsync(WebHost host, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
        return await host.Client.SendAsync(request);
    }
}
