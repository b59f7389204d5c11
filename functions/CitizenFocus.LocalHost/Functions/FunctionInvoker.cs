using System.Net.Http.Headers;
using System.Text.Json;
using CitizenFocus.LocalHost.App;
using CitizenFocus.LocalHost.Http;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>Invokes timer and queue functions: a POST to <c>/&lt;FunctionName&gt;</c> of the app, whose answer decides.</summary>
internal sealed class FunctionInvoker(HttpMessageInvoker worker, HttpWorkerSupervisor supervisor, TimeSpan functionTimeout, ILogger log)
{
    /// <summary>The host that this one imitates.</summary>
    private const string HostVersion = "4.1037.0";

    /// <summary>Posts an envelope and judges the answer.</summary>
    /// <exception cref="OperationCanceledException">LocalHost is stopping; nobody knows how it went.</exception>
    public async Task<InvocationResult> InvokeAsync(Function function, byte[] envelope, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(functionTimeout);
        InvocationResult result;
        try
        {
            using var request = Request(function, envelope);
            using var answer = await worker.SendAsync(request, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            result = Judge(function, answer, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            supervisor.Kill();
            result = new InvocationResult.Failed($"it took longer than functionTimeout ({functionTimeout}): the app is killed and started again");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or WorkerUnavailableException)
        {
            result = new InvocationResult.Failed(fault.Message);
        }

        if (result is InvocationResult.Failed failed) log.InvocationFailed(function.Name, failed.Reason);
        return result;
    }

    private static HttpRequestMessage Request(Function function, byte[] envelope)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{WorkerHandler.Address}/{function.Name}")
        {
            Content = new ByteArrayContent(envelope),
            Headers = { TransferEncodingChunked = true },
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Azure-Functions-Host", HostVersion));
        request.Headers.Add("X-Azure-Functions-HostVersion", HostVersion);
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        return request;
    }

    /// <summary>Success is a 2xx with a JSON object; everything else is a failure.</summary>
    private InvocationResult Judge(Function function, HttpResponseMessage answer, byte[] body)
    {
        if (!answer.IsSuccessStatusCode) return new InvocationResult.Failed($"the app answered {(int)answer.StatusCode}");

        if (body.Length == 0)
        {
            // The real host would wait for functionTimeout here. LocalHost is loud and lets the retry come at once.
            log.EmptyAnswer(function.Name, (int)answer.StatusCode, functionTimeout);
            return new InvocationResult.Failed("the answer was empty");
        }

        if (answer.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return new InvocationResult.Failed($"the answer is {answer.Content.Headers.ContentType?.MediaType ?? "of no type"}, not application/json");
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new InvocationResult.Failed("the answer is not a JSON object");

            PassOn(function, json.RootElement);
            return new InvocationResult.Succeeded();
        }
        catch (JsonException)
        {
            return new InvocationResult.Failed("the answer is not JSON");
        }
    }

    private void PassOn(Function function, JsonElement answer)
    {
        if (answer.TryGetProperty("Logs", out var lines) && lines.ValueKind == JsonValueKind.Array)
        {
            foreach (var line in lines.EnumerateArray())
            {
                log.FunctionLogged(function.Name, line.ToString());
            }
        }
    }
}

internal static partial class FunctionInvokerLog
{
    [LoggerMessage(LogLevel.Error, "{Function} failed: {Reason}.")]
    public static partial void InvocationFailed(this ILogger log, string function, string reason);

    [LoggerMessage(LogLevel.Critical,
        "{Function} ANSWERED {Status} WITH AN EMPTY BODY. The real host would hang for {Limit} now; answer at least {{}} as application/json. Treated as a failure.")]
    public static partial void EmptyAnswer(this ILogger log, string function, int status, TimeSpan limit);

    [LoggerMessage(LogLevel.Information, "{Function}: {Line}")]
    public static partial void FunctionLogged(this ILogger log, string function, string line);
}
