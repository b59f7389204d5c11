using System.Text.Json.Nodes;
using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Hosting;

/// <summary>The function.json files of the app's output, held against the endpoints that the app maps: both ways.</summary>
public sealed class FunctionDeclarationTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly IReadOnlyList<Declaration> Declarations =
    [
        .. from file in Directory.GetFiles(AppContext.BaseDirectory, "function.json", SearchOption.AllDirectories)
           let trigger = JsonNode.Parse(File.ReadAllText(file))!["bindings"]!.AsArray().Single(binding => ((string)binding!["type"]!).EndsWith("Trigger", StringComparison.Ordinal))!
           select new Declaration(
               new DirectoryInfo(Path.GetDirectoryName(file)!).Name,
               (string)trigger["type"]!,
               (string?)trigger["route"],
               [.. (trigger["methods"]?.AsArray() ?? []).Select(method => ((string)method!).ToUpperInvariant())]),
    ];

    private readonly IReadOnlyList<RouteEndpoint> _endpoints =
        [.. fixture.Site.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    [Fact]
    public void TimersAndQueues_DeclaredAndMapped_AreTheSame() => Assert.Equal(
        Declarations.Where(function => !function.IsHttp).Select(function => function.Name).Order(StringComparer.Ordinal),
        _endpoints.Select(NameOf).OfType<string>().Order(StringComparer.Ordinal));

    [Fact]
    public void Queue_OfEachTrigger_IsOneThatAFeatureDeclares()
    {
        var queues = fixture.Site.Services.GetServices<StorageResource>().OfType<StorageResource.Queue>().Select(queue => queue.Name).ToList();
        var triggers = Directory.GetFiles(AppContext.BaseDirectory, "function.json", SearchOption.AllDirectories)
            .Select(file => (string?)JsonNode.Parse(File.ReadAllText(file))!["bindings"]![0]!["queueName"]).OfType<string>();

        Assert.Equal(queues.Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Endpoint_ThatIsPublic_IsReachedThroughExactlyTheFunctionOfItsRouteAndMethod()
    {
        foreach (var endpoint in _endpoints.Where(endpoint => NameOf(endpoint) is null))
        {
            foreach (var method in MethodsOf(endpoint))
            {
                var matching = Declarations.Where(function => function.Takes(method, PathOf(endpoint.RoutePattern))).ToList();
                Assert.True(matching.Count > 0, $"{method} {endpoint.RoutePattern.RawText} is mapped, and no function takes it.");
                var function = matching.MaxBy(candidate => candidate.Literals)!;

                // What changes something has a function of its own name, by which the host scales and shows it.
                if (function.Methods is ["POST"]) Assert.Equal(endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, function.Name);
            }
        }
    }

    [Fact]
    public void Function_OfHttp_HasAnEndpointForEachOfItsMethods()
    {
        foreach (var function in Declarations.Where(function => function.IsHttp && !function.Route!.Contains('*', StringComparison.Ordinal)))
        {
            Assert.All(function.Methods, method => Assert.Contains(
                _endpoints, endpoint => NameOf(endpoint) is null && MethodsOf(endpoint).Contains(method) && function.Takes(method, PathOf(endpoint.RoutePattern))));
        }
    }

    [Fact]
    public void Post_ToAFunctionsName_IsNoPublicRoute()
    {
        foreach (var function in Declarations.Where(function => !function.IsHttp))
        {
            Assert.DoesNotContain(Declarations, other => other.Takes("POST", $"/{function.Name}"));
        }

        Assert.All(Declarations.Where(function => function.IsHttp), function => Assert.NotEqual("/", PathOf(RoutePatternFactory.Parse(function.Route!))));
    }

    private static string? NameOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<FunctionEndpoints.FunctionName>()?.Value;

    private static IReadOnlyList<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary>A path that the pattern takes: each parameter is a word of its own.</summary>
    private static string PathOf(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : "xyz"))));

    private sealed record Declaration(string Name, string Type, string? Route, IReadOnlyList<string> Methods)
    {
        public bool IsHttp => Type == "httpTrigger";

        /// <summary>The host takes the most specific route.</summary>
        public int Literals => RoutePatternFactory.Parse(Route!).PathSegments.Count(segment => segment.Parts[0] is RoutePatternLiteralPart);

        public bool Takes(string method, string path) =>
            IsHttp && Methods.Contains(method) && new TemplateMatcher(TemplateParser.Parse(Route!), []).TryMatch(path, []);
    }
}
