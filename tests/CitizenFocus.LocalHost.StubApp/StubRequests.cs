using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace CitizenFocus.LocalHost.StubApp;

/// <summary>Does what the last segment of the path says, and remembers what functions were invoked with.</summary>
internal sealed class StubRequests
{
    private readonly ConcurrentQueue<string> _invocations = new();
    private readonly TaskCompletionSource _released = new();
    private long _uploaded;

    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var (verb, argument) = path.Trim('/').Split('/') switch
        {
            [.., "do", var word, var value] => (word, value),
            [.., "do", var word] => (word, ""),
            [var function] when context.Request.Method == "POST" && function is "Work" or "Tick" => ("invoke", function),
            _ => ("echo", ""),
        };
        return verb switch
        {
            "status" => StatusAsync(context, int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture)),
            "exit" => Exit(int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture)),
            "kill" => KillAsync(),
            "hang" => Task.Delay(Timeout.Infinite, context.RequestAborted),
            "release" => ReleaseAsync(),
            "stream" => StreamAsync(context),
            "upload" => UploadAsync(context),
            "uploaded" => context.Response.WriteAsync($"{Interlocked.Read(ref _uploaded)}"),
            "cookies" => CookiesAsync(context),
            "redirect" => RedirectAsync(context),
            "head" => HeadAsync(context),
            "range" => RangeAsync(context),
            "gzip" => GzipAsync(context),
            "process" => context.Response.WriteAsync($"{Environment.ProcessId}"),
            "setting" => context.Response.WriteAsync(Environment.GetEnvironmentVariable(argument) ?? "(none)"),
            "directory" => context.Response.WriteAsync(Environment.CurrentDirectory),
            "invocations" => context.Response.WriteAsync(string.Join('\n', _invocations)),
            "invoke" => InvokeAsync(context),
            _ => EchoAsync(context),
        };
    }

    /// <summary>The request as it arrived: request line, headers, an empty line, the body.</summary>
    private static async Task<string> DumpAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        using var reader = new StreamReader(context.Request.Body);
        var dump = new StringBuilder($"{request.Method} {request.RawTarget}\n");
        foreach (var (name, values) in request.Headers)
        {
            dump.Append($"{name}: {values}\n");
        }

        return dump.Append('\n').Append(await reader.ReadToEndAsync()).ToString();
    }

    private static async Task EchoAsync(HttpContext context) => await context.Response.WriteAsync(await DumpAsync(context));

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status == 304) context.Response.Headers.ETag = "\"v1\"";
        return Task.CompletedTask;
    }

    private static Task Exit(int code)
    {
        Environment.Exit(code);
        return Task.CompletedTask;
    }

    private static Task KillAsync()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Task.Delay(Timeout.Infinite);
    }

    private Task ReleaseAsync()
    {
        _released.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Says one thing, then another once somebody asks for "release".</summary>
    private async Task StreamAsync(HttpContext context)
    {
        await context.Response.WriteAsync("first\n");
        await context.Response.Body.FlushAsync();
        await _released.Task;
        await context.Response.WriteAsync("second\n");
    }

    /// <summary>Counts the body's bytes as they come; "uploaded" says how many there are so far.</summary>
    private async Task UploadAsync(HttpContext context)
    {
        var buffer = new byte[65536];
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var more)
        {
            Interlocked.Add(ref _uploaded, more);
        }

        await context.Response.WriteAsync($"{Interlocked.Read(ref _uploaded)}");
    }

    private static Task CookiesAsync(HttpContext context)
    {
        context.Response.Headers.SetCookie = new(["a=1; path=/", "b=2; path=/"]);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return context.Response.WriteAsync("two");
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.StatusCode = 303;
        context.Response.Headers.Location = "/elsewhere?x=1";
        return Task.CompletedTask;
    }

    private static Task HeadAsync(HttpContext context)
    {
        context.Response.ContentLength = 12345;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(new string('x', 12345));
    }

    private static Task RangeAsync(HttpContext context)
    {
        context.Response.StatusCode = 206;
        context.Response.Headers.ContentRange = "bytes 100-103/1000";
        context.Response.ContentLength = 4;
        return context.Response.WriteAsync("abcd");
    }

    private static async Task GzipAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await zip.WriteAsync("zipped"u8.ToArray());
    }

    /// <summary>A timer or a queue message; a message's own text says how to answer.</summary>
    private async Task InvokeAsync(HttpContext context)
    {
        var dump = await DumpAsync(context);
        _invocations.Enqueue(dump.Replace("\n", "\u2028", StringComparison.Ordinal));
        if (dump.Contains("please fail", StringComparison.Ordinal) || (dump.Contains("fail once", StringComparison.Ordinal) && _invocations.Count == 1))
        {
            context.Response.StatusCode = 500;
        }
        else if (dump.Contains("please die", StringComparison.Ordinal))
        {
            await KillAsync();
        }
        else if (dump.Contains("say nothing", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 200;
        }
        else if (dump.Contains("say text", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync("done");
        }
        else
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"Outputs":{},"Logs":["noted"],"ReturnValue":null}""");
        }
    }
}
