using System.Net;
using Azure.Core;
using static CitizenFocus.AzureClients.Tests.Tables.FakeService;

namespace CitizenFocus.AzureClients.Tests.Tables;

public sealed class PipelineTests
{
    [Fact]
    public async Task Request_Unavailable_IsRetriedWithTheSameBody()
    {
        var service = new FakeService(Answer(HttpStatusCode.ServiceUnavailable), Broken, Answer(HttpStatusCode.NoContent));

        var response = await service.Table().AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a" });

        Assert.Equal(204, response.Status);
        Assert.Equal(3, service.Requests.Count);
        Assert.All(service.Requests, request => Assert.Equal("""{"PartitionKey":"p","RowKey":"r","A":"a"}""", request.Body));
        Assert.Single(service.Requests.Select(request => Header(request.Request, "x-ms-client-request-id")).Distinct());
    }

    [Fact]
    public async Task Request_UnavailableForGood_FailsAfterItsRetries()
    {
        var service = new FakeService(Answer(HttpStatusCode.ServiceUnavailable, "", ("x-ms-error-code", "ServerBusy")));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table().DeleteEntityAsync("p", "r"));

        Assert.Equal((503, "ServerBusy", 4), (error.Status, error.ErrorCode, service.Requests.Count));
    }

    [Fact]
    public async Task Connection_BrokenForGood_FailsWithoutAStatus()
    {
        var service = new FakeService(Broken);

        var error = await Assert.ThrowsAsync<AggregateException>(() => service.Table().DeleteEntityAsync("p", "r"));

        Assert.All(error.InnerExceptions, inner => Assert.Equal(0, Assert.IsType<RequestFailedException>(inner).Status));
        Assert.Equal(4, service.Requests.Count);
    }

    [Theory]
    [InlineData("""{"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"No."}}}""", "Header", "InvalidInput")]
    [InlineData("""{"odata.error":{"code":"","message":{"lang":"en-US","value":"No."}}}""", "Header", "Header")]
    [InlineData("""<?xml version="1.0"?><m:error xmlns:m="x"><m:code>InvalidInput</m:code><m:message>No.</m:message></m:error>""", "Header", "InvalidInput")]
    [InlineData("<html>a proxy's page", "Header", "Header")]
    [InlineData("", "Header", "Header")]
    [InlineData("{", null, null)]
    public async Task Error_InEachShape_GivesItsCode(string body, string? header, string? code)
    {
        var service = new FakeService(Answer(HttpStatusCode.BadRequest, body, header is null ? [] : [("x-ms-error-code", header)]));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table().AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((400, code), (error.Status, error.ErrorCode));
        Assert.Equal(body.Contains("No.", StringComparison.Ordinal), error.Message.StartsWith("No.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TableAlreadyExists", false)]
    [InlineData("TableBeingDeleted", true)]
    public async Task Table_CreatedIfNotThere_IsRefusedWhileItIsBeingDeleted(string code, bool refused)
    {
        var service = new FakeService(Answer(HttpStatusCode.Conflict, "", ("x-ms-error-code", code)));

        var error = await Record.ExceptionAsync(() => service.Table().CreateIfNotExistsAsync());

        Assert.Equal(refused ? code : null, (error as RequestFailedException)?.ErrorCode);
    }

    [Fact]
    public async Task Transaction_AnsweredInPart_IsNotTakenForApplied()
    {
        var service = new FakeService(Answer(HttpStatusCode.Accepted, "--b\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--c"));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table().SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("p", "0")), new(TableTransactionActionType.Add, new TableEntity("p", "1"))]));

        Assert.Contains("1 of the transaction's 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenCredential_OverHttps_SendsItsTokenForTheStorageScope()
    {
        var service = new FakeService(Answer(HttpStatusCode.NoContent));
        var credential = new FakeCredential();
        var table = new TableClient(new Uri("https://account.table.core.windows.net"), "webinars", credential, service.Options());

        await table.AddEntityAsync(new TableEntity("p", "r"));

        var request = Assert.Single(service.Requests).Request;
        Assert.Equal("Bearer token", Header(request, "Authorization"));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);

        // The first version that takes tokens.
        Assert.Equal("2020-12-06", Header(request, "x-ms-version"));
    }

    [Fact]
    public void TokenCredential_OverHttp_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("http://account.table.core.windows.net"), new FakeCredential()));

    [Fact]
    public async Task Request_Signed_NamesVersionAndShape()
    {
        var service = new FakeService(Answer(HttpStatusCode.NoContent));

        await service.Table().AddEntityAsync(new TableEntity("p", "r"));

        var request = Assert.Single(service.Requests).Request;
        Assert.StartsWith("SharedKeyLite account:", Header(request, "Authorization"), StringComparison.Ordinal);
        Assert.Equal("https://account.table.core.windows.net/webinars", request.RequestUri!.AbsoluteUri);
        Assert.Equal("3.0", Header(request, "DataServiceVersion"));
        Assert.Equal("return-no-content", Header(request, "Prefer"));
        Assert.Equal("application/json; odata=minimalmetadata", Header(request, "Accept"));
    }

    private static string Header(HttpRequestMessage request, string name) => request.Headers.GetValues(name).Single();

    private sealed class FakeCredential : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The clients are asynchronous throughout.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new(new AccessToken("token", DateTimeOffset.MaxValue));
        }
    }
}
