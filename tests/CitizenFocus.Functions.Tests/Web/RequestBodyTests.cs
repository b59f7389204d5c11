using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CitizenFocus.Functions.Tests.Support;
using CitizenFocus.Functions.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CitizenFocus.Functions.Tests.Web;

public sealed class RequestBodyTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private WebHost _host = null!;
    private Submission? _read;

    public async Task InitializeAsync() => _host = await WebHost.StartAsync(app => app.MapPost("/submit", WebHost.Answer(async context =>
    {
        _read = await RequestBody.ReadAsync(context);
        return _read is Submission.Refused refused ? refused.Answer : Results.NoContent();
    })));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Read_SameFieldsAsFormMultipartAndJson_SameSubmission()
    {
        using var multipart = new MultipartFormDataContent { { new StringContent("Ånn & Bo"), "name" }, { new StringContent("a"), "topic" }, { new StringContent("b"), "topic" }, { new StringContent("7"), "answers.age" } };
        using var form = new FormUrlEncodedContent([new("name", "Ånn & Bo"), new("topic", "a"), new("topic", "b"), new("answers.age", "7")]);
        foreach (var content in new HttpContent[] { multipart, form, Text("""{"name":"Ånn & Bo","topic":["a","b"],"answers":{"age":7},"gone":null}""", Json) })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await _host.Client.PostAsync("/submit", content)).StatusCode);

            var fields = Assert.IsType<Submission.Fields>(_read);
            Assert.Equal("Ånn & Bo", fields.Text("name"));
            Assert.Equal(["a", "b"], fields.All("topic"));
            Assert.Equal("7", fields.Text("answers.age"));
            Assert.Null(fields.Text("gone"));
            Assert.Equal(3, fields.Values.Count);
            Assert.Equal(content.Headers.ContentType?.MediaType == Json, fields.IsJson);
        }
    }

    [Fact]
    public async Task Read_NameTwice_LastCounts()
    {
        await PostAsync("""{"name":"first","name":"last","consent":true}""", Json);
        var json = Assert.IsType<Submission.Fields>(_read);
        await PostAsync("name=first&name=last&consent=on", Form);
        var form = Assert.IsType<Submission.Fields>(_read);

        Assert.Equal(("last", "last"), (json.Text("name"), form.Text("name")));
        Assert.True(json.IsTicked("consent") && form.IsTicked("consent"));
    }

    [Fact]
    public async Task Read_NothingAtAll_NoFields()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/submit");
        Assert.Equal(HttpStatusCode.NoContent, (await _host.Client.SendAsync(request)).StatusCode);

        Assert.Empty(Assert.IsType<Submission.Fields>(_read).Values);
    }

    [Fact]
    public async Task Read_JustTheLimit_Accepted()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("x=" + new string('y', RequestBody.DefaultLimit - 2), Form)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("x=" + new string('y', RequestBody.DefaultLimit - 1), Form)).StatusCode);
    }

    [Theory]
    [InlineData(Form)]
    [InlineData(Json)]
    [InlineData("text/plain")]
    public async Task Read_ChunkedWithoutEnd_413WhileReading(string type)
    {
        // The client never ends the body; the answer comes all the same.
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /submit HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes("4000\r\n" + new string('x', 0x4000) + "\r\n");
        for (var i = 0; i < 5; i++) await stream.WriteAsync(chunk);
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Read_ContentLengthOverTheLimit_413BeforeTheBody()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /submit HTTP/1.1\r\nHost: x\r\nContent-Type: {Form}\r\nContent-Length: 70000\r\n\r\n"));
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    public async Task Read_OtherType_415ThatSaysWhatIsTaken(string type)
    {
        var response = await PostAsync("x", type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains(Json, response.Headers.GetValues("Accept").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Compressed_415()
    {
        using var content = Text("{}", Json);
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _host.Client.PostAsync("/submit", content)).StatusCode);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"a\":}", 1, 6)]
    [InlineData("{\n  \"a\": 1,\n  \"ü\": x\n}", 3, 9)]
    [InlineData("{} x", 1, 4)]
    [InlineData("[1]", 1, 1)]
    [InlineData("\"text\"", 1, 1)]
    [InlineData("{\"a\":{\"b\":1}}", 1, 6)]
    [InlineData("{\"answers\":{\"b\":{}}}", 1, 17)]
    [InlineData("{\"a\":[\"x\",1]}", 1, 11)]
    [InlineData("{\"a\":\n\"\\ud800\"}", 2, 1)]
    public async Task Read_BrokenJson_400WithLineAndByte(string body, int line, int position)
    {
        var response = await PostAsync(body, Json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((line, position), ((int)problem["line"]!, (int)problem["position"]!));
        Assert.Contains($"Line {line}, byte {position}", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Json, "{\"a\":\"\xff\"}")]
    [InlineData(Form, "a=\xff")]
    [InlineData(Form, "a=%ff")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a; filename=x\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("multipart/form-data", "")]
    public async Task Read_NotUtf8OrBrokenForm_400(string type, string latin1)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client.PostAsync("/submit", content)).StatusCode);
    }

    [Fact]
    public async Task Read_TooManyFields_400()
    {
        var names = Enumerable.Range(0, FieldCollector.MaximumValues + 1).Select(i => $"f{i}").ToList();

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(string.Join('&', names.Select(name => name + "=1")), Form)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("{" + string.Join(',', names.Select(name => $"\"{name}\":1")) + "}", Json)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(string.Join('&', names.Skip(1).Select(name => name + "=1")), Form)).StatusCode);
    }

    [Fact]
    public async Task Read_RefusedForABrowser_Page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/submit") { Content = Text(new string('x', 70_000), Form) };
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        var response = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("That is too much at once", (await Html.ReadAsync(response)).QuerySelector("h1")!.TextContent.Trim());
    }

    [Fact]
    public async Task Read_TrapFilled_RobotButNeverForJson()
    {
        await PostAsync("name=x&website=http://spam.example", Form);
        Assert.IsType<Submission.Robot>(_read);
        await PostAsync("name=x&website=+", Form);
        Assert.IsType<Submission.Fields>(_read);
        await PostAsync("""{"name":"x","website":"http://spam.example"}""", Json);
        Assert.IsType<Submission.Fields>(_read);
    }

    [Fact]
    public async Task Read_FormYoungerThanASecond_RobotUntilThen()
    {
        var token = _host.Services.GetRequiredService<FormTokens>().Issue();
        _host.Time.Advance(TimeSpan.FromMilliseconds(999));
        await PostAsync($"name=x&form={token}", Form);
        Assert.IsType<Submission.Robot>(_read);

        _host.Time.Advance(TimeSpan.FromMilliseconds(1));
        await PostAsync($"name=x&form={token}", Form);
        Assert.IsType<Submission.Fields>(_read);
    }

    [Fact]
    public async Task Read_FormTokenMissingOrForged_NoRobot()
    {
        await PostAsync("name=x", Form);
        Assert.IsType<Submission.Fields>(_read);
        await PostAsync("name=x&form=forged", Form);
        Assert.IsType<Submission.Fields>(_read);
    }

    private static StringContent Text(string body, string type)
    {
        var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type)
    {
        using var content = Text(body, type);
        return await _host.Client.PostAsync("/submit", content);
    }
}
