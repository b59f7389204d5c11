using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using CitizenFocus.AzureClients.CommunicationEmail;
using CitizenFocus.AzureClients.Tests.Tables;
using static CitizenFocus.AzureClients.Tests.Tables.FakeService;

namespace CitizenFocus.AzureClients.Tests.CommunicationEmail;

public sealed class EmailClientTests
{
    private const string Key = "c2VjcmV0";
    private const string Id = "8540c0de-899f-8cce-acb5-3ec493af3800";
    private const string Running = $$"""{"id":"{{Id}}","status":"Running"}""";
    private const string Succeeded = $$"""{"id":"{{Id}}","status":"Succeeded"}""";
    private const string Failed = $$$"""{"id":"{{{Id}}}","status":"Failed","error":{"code":"EmailDropped","message":"No."}}""";

    private static readonly Uri Endpoint = new("https://focus.communication.azure.com/");
    private static readonly EmailMessage Mail = new("from@focus.example", "to@focus.example", new EmailContent("Subject") { PlainText = "Text" });

    [Fact]
    public async Task Mail_WithEverything_IsWrittenByTheSchema()
    {
        var service = new FakeService(Answer(HttpStatusCode.Accepted, Running));
        var mail = new EmailMessage(
            "from@focus.example",
            new EmailRecipients([new("to@focus.example", "Ännä \"A\"")], [new("cc@focus.example")], [new("bcc@focus.example")]),
            new EmailContent("Subject") { PlainText = "Text", Html = "<p>" })
        {
            Headers = { ["X-One"] = "1" },
            Attachments = { new("a.txt", "text/plain", BinaryData.FromString("content")) { ContentId = "cid" } },
            ReplyTo = { new("reply@focus.example") },
            UserEngagementTrackingDisabled = true,
        };

        var operation = await Client(service).SendAsync(WaitUntil.Started, mail, Guid.Parse(Id));

        var (request, body) = Assert.Single(service.Requests);
        Assert.Equal((Id, false), (operation.Id, operation.HasCompleted));
        Assert.Equal("https://focus.communication.azure.com/emails:send?api-version=2025-09-01", request.RequestUri!.AbsoluteUri);
        Assert.Equal((Id, "application/json"), (Header(request, "Operation-Id"), request.Content!.Headers.ContentType!.MediaType));
        Assert.Equal(
            """{"headers":{"X-One":"1"},"senderAddress":"from@focus.example","content":{"subject":"Subject","plainText":"Text","html":"\u003Cp\u003E"},"""
            + """ "recipients":{"to":[{"address":"to@focus.example","displayName":"\u00C4nn\u00E4 \u0022A\u0022"}],"cc":[{"address":"cc@focus.example"}],"bcc":[{"address":"bcc@focus.example"}]},""".TrimStart()
            + """ "attachments":[{"name":"a.txt","contentType":"text/plain","contentInBase64":"Y29udGVudA==","contentId":"cid"}],"replyTo":[{"address":"reply@focus.example"}],"userEngagementTrackingDisabled":true}""".TrimStart(),
            body);
    }

    [Fact]
    public async Task Mail_WithTheLeast_LeavesOutTheRest()
    {
        var service = new FakeService(Answer(HttpStatusCode.Accepted, Running));

        await Client(service).SendAsync(WaitUntil.Started, Mail);

        var (request, body) = Assert.Single(service.Requests);
        Assert.Equal("""{"senderAddress":"from@focus.example","content":{"subject":"Subject","plainText":"Text"},"recipients":{"to":[{"address":"to@focus.example"}]}}""", body);
        Assert.NotEqual(Guid.Empty, Guid.Parse(Header(request, "Operation-Id")));
    }

    [Fact]
    public async Task Request_Retried_IsSignedAnewUnderTheSameOperationId()
    {
        var service = new FakeService(Answer(HttpStatusCode.ServiceUnavailable), Answer(HttpStatusCode.Accepted, Running));
        var credential = new AzureKeyCredential(Key);
        var changing = new Changing(credential);

        await new EmailClient(Endpoint, credential, Options(service, changing)).SendAsync(WaitUntil.Started, Mail);

        Assert.Equal(2, service.Requests.Count);
        Assert.Single(service.Requests.Select(request => Header(request.Request, "Operation-Id")).Distinct());
        // The second try is signed with what the key is by then.
        Assert.Equal(changing.KeysAtSending, service.Requests.Select(sent => KeyOf(sent.Request, sent.Body, [Key, Changing.NewKey])));
    }

    [Fact]
    public async Task Request_WithAToken_AsksForTheServicesScope()
    {
        var (service, credential) = (new FakeService(Answer(HttpStatusCode.Accepted, Running)), new StubCredential());

        await new EmailClient(Endpoint, credential, Options(service)).SendAsync(WaitUntil.Started, Mail);

        Assert.Equal("Bearer token", Header(Assert.Single(service.Requests).Request, "Authorization"));
        Assert.Equal(["https://communication.azure.com//.default"], credential.Scopes);
    }

    [Fact]
    public async Task Error_FromTheService_BearsItsStatusAndCode()
    {
        var service = new FakeService(Answer(HttpStatusCode.BadRequest, """{"error":{"code":"InvalidRecipient","message":"No."}}"""));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Client(service).SendAsync(WaitUntil.Started, Mail));

        Assert.Equal((400, "InvalidRecipient"), (error.Status, error.ErrorCode));
    }

    [Fact]
    public async Task Operation_Followed_CompletesOnce()
    {
        var service = new FakeService(Answer(HttpStatusCode.OK, Running), Answer(HttpStatusCode.OK, Succeeded));
        var operation = new EmailSendOperation(Id, Client(service));

        Assert.Throws<InvalidOperationException>(() => operation.GetRawResponse());
        await operation.UpdateStatusAsync();
        Assert.False(operation.HasCompleted);
        Assert.Throws<InvalidOperationException>(() => operation.Value);
        await operation.UpdateStatusAsync();
        await operation.UpdateStatusAsync();

        Assert.True(operation is { HasCompleted: true, HasValue: true } && operation.Value.Status == EmailSendStatus.Succeeded);
        Assert.Equal([HttpMethod.Get, HttpMethod.Get], service.Requests.Select(request => request.Request.Method));
        Assert.All(service.Requests, request => Assert.Equal($"https://focus.communication.azure.com/emails/operations/{Id}?api-version=2025-09-01", request.Request.RequestUri!.AbsoluteUri));
    }

    [Fact]
    public async Task Operation_ThatFailed_ThrowsWithTheReason()
    {
        var operation = new EmailSendOperation(Id, Client(new FakeService(Answer(HttpStatusCode.OK, Failed))));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => operation.UpdateStatusAsync().AsTask());

        Assert.Equal((200, "EmailDropped"), (error.Status, error.ErrorCode));
        Assert.True(operation is { HasCompleted: true, HasValue: false });
        Assert.Same(error, Assert.Throws<RequestFailedException>(() => operation.Value));
    }

    [Fact]
    public async Task Operation_Unknown_DoesNotComplete()
    {
        var operation = new EmailSendOperation(Id, Client(new FakeService(Answer(HttpStatusCode.NotFound, """{"error":{"code":"NotFound","message":"No."}}"""))));

        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => operation.UpdateStatusAsync().AsTask())).Status);
        Assert.False(operation.HasCompleted);
    }

    [Fact]
    public async Task Mail_SentToItsEnd_IsWaitedFor()
    {
        var service = new FakeService(Answer(HttpStatusCode.Accepted, Running), Answer(HttpStatusCode.OK, Succeeded));

        Assert.True((await Client(service).SendAsync(WaitUntil.Completed, Mail)).HasValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("endpoint=https://focus.example/")]
    [InlineData("accesskey=c2VjcmV0")]
    [InlineData("endpoint=focus;accesskey=c2VjcmV0")]
    [InlineData("c2VjcmV0")]
    public void ConnectionString_Malformed_IsRefusedWithoutTheKey(string text)
    {
        var error = Assert.ThrowsAny<Exception>(() => new EmailClient(text));

        Assert.True(error is InvalidOperationException or ArgumentException);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
    }

    private static EmailClient Client(FakeService service) => new($"endpoint={Endpoint};accesskey={Key}", Options(service));

    private static EmailClientOptions Options(FakeService service, HttpPipelinePolicy? policy = null)
    {
        var options = new EmailClientOptions { Transport = new HttpClientTransport(service), RetryPolicy = new RetryPolicy(3, DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero)) };
        if (policy is not null) options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <summary>With which of the keys a request is signed: https://learn.microsoft.com/rest/api/communication/authentication.</summary>
    private static string KeyOf(HttpRequestMessage request, string body, string[] keys)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(hash, Header(request, "x-ms-content-sha256"));
        var signed = Encoding.UTF8.GetBytes($"POST\n/emails:send?api-version=2025-09-01\n{Header(request, "x-ms-date")};focus.communication.azure.com;{hash}");
        return Assert.Single(keys, key => Header(request, "Authorization")
            == $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), signed))}");
    }

    private static string Header(HttpRequestMessage request, string name) => request.Headers.GetValues(name).Single();

    /// <summary>Changes the key behind each try.</summary>
    private sealed class Changing(AzureKeyCredential credential) : HttpPipelineSynchronousPolicy
    {
        public const string NewKey = "bmV3";

        public IReadOnlyList<string> KeysAtSending { get; } = [Key, NewKey];

        public override void OnReceivedResponse(HttpMessage message) => credential.Update(NewKey);
    }

    private sealed class StubCredential : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The client is asynchronous throughout.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new(new AccessToken("token", DateTimeOffset.MaxValue));
        }
    }
}
