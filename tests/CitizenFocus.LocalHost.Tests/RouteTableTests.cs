using CitizenFocus.LocalHost.Functions;
using CitizenFocus.LocalHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.LocalHost.Tests;

public sealed class RouteTableTests
{
    private static readonly IInlineConstraintResolver Constraints =
        new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider().GetRequiredService<IInlineConstraintResolver>();

    private static readonly Function[] Functions =
    [
        Http("Site", "{*path}", "GET", "HEAD"),
        Http("Api", "api/{*path}"),
        Http("Register", "webinars/{slug}/registrations", "post"),
        Http("Item", "items/{id}", "GET"),
        Http("NewItem", "items/new", "GET"),
        Http("Numbered", "numbers/{id:int}", "GET"),
        Http("Unrouted", "Unrouted", "POST"),
        new QueueFunction("SendEmail", "message", "emails", "AzureWebJobsStorage"),
        new TimerFunction("Sweep", "timer", "0 */5 * * * *", RunOnStartup: false, UseMonitor: true),
    ];

    [Theory]
    [InlineData("GET", "/", "Site")]
    [InlineData("HEAD", "/", "Site")]
    [InlineData("GET", "/a/b/c", "Site")]
    [InlineData("POST", "/", null)]
    [InlineData("POST", "/a", null)]
    [InlineData("GET", "/items/7", "Item")]
    [InlineData("GET", "/items/new", "NewItem")]
    [InlineData("GET", "/ITEMS/NEW", "NewItem")]
    [InlineData("GET", "/items/7/8", "Site")]
    [InlineData("DELETE", "/items/7", null)]
    [InlineData("GET", "/api", "Api")]
    [InlineData("PUT", "/api/webinars/x", "Api")]
    [InlineData("POST", "/webinars/x/registrations", "Register")]
    [InlineData("POST", "/webinars/x/y/registrations", null)]
    [InlineData("GET", "/webinars/x/registrations", "Site")]
    [InlineData("GET", "/numbers/12", "Numbered")]
    [InlineData("GET", "/numbers/twelve", "Site")]
    [InlineData("POST", "/Unrouted", "Unrouted")]
    [InlineData("POST", "/SendEmail", null)]
    [InlineData("POST", "/sendemail", null)]
    [InlineData("POST", "/Sweep", null)]
    public void Match_TheMostSpecificThatTakesTheMethod_Wins(string method, string path, string? function) =>
        Assert.Equal(function, Match("", method, path));

    [Theory]
    [InlineData("GET", "/f/items/7", "Item")]
    [InlineData("GET", "/items/7", null)]
    public void Match_APrefix_StandsBeforeEveryRoute(string method, string path, string? function) =>
        Assert.Equal(function, Match("f", method, path));

    [Fact]
    public void Construction_AnUnknownConstraint_NamesTheFunction()
    {
        var fault = Assert.Throws<LocalHostException>(() => new RouteTable([Http("Odd", "x/{id:odd}")], "", Constraints));
        Assert.Contains("Odd/function.json", fault.Message);
    }

    private static string? Match(string prefix, string method, string path)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path } };
        return new RouteTable(Functions, prefix, Constraints).Match(context)?.Name;
    }

    private static HttpFunction Http(string name, string route, params string[] methods) =>
        new(name, "req", route, methods.Length == 0 ? null : methods, AuthorizationLevel.Anonymous);
}
