using System.Net;
using System.Net.Sockets;

namespace CitizenFocus.Functions.Web;

/// <summary>What became of fetching something.</summary>
internal abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    /// <param name="From">Behind all redirects.</param>
    internal sealed record Fetched(byte[] Content, Uri From) : FetchOutcome;

    /// <summary>It leads where nothing of ours may go; asking again changes nothing.</summary>
    internal sealed record Refused(string Why) : FetchOutcome;

    /// <summary>Another time, perhaps.</summary>
    internal sealed record Failed(string Why) : FetchOutcome;
}

/// <summary>
/// Fetches what other people's addresses lead to, and nothing within the network that it runs in: each address is checked
/// where the connection is made, after its name was looked up, so that no name can mean another address later.
/// </summary>
internal sealed class SafeHttpFetcher(FetchRules rules, TimeProvider time) : IDisposable
{
    public const int MaxBytes = 5 * 1024 * 1024;
    public const int MaxRedirects = 3;

    /// <summary>For all of it: names, connections, redirects and the body.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http = new(CreateHandler(rules));

    /// <summary>Sends requests by the same rules: for who sends something itself, and follows no redirect.</summary>
    public static SocketsHttpHandler CreateHandler(FetchRules rules) => new()
    {
        // Each redirect is checked here. A proxy would look up names for us.
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,

        // What is counted is what comes out of it: a small file may unpack to a large one.
        AutomaticDecompression = DecompressionMethods.All,
        MaxResponseHeadersLength = 64,
        SslOptions = rules.Tls ?? new(),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(rules, context.DnsEndPoint, cancellationToken),
    };

    public async Task<FetchOutcome> GetAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(url, accept, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FetchOutcome.Failed($"It took longer than {Timeout.TotalSeconds} seconds.");
        }
        catch (HttpRequestException e) when (e.GetBaseException() is AddressRefusedException)
        {
            return new FetchOutcome.Refused("Its name leads to an address that is not public.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new FetchOutcome.Failed(e is HttpRequestException { HttpRequestError: var error } ? $"The connection failed: {error}." : "The connection broke.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FetchOutcome> FollowAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (!FetchRules.MayFetch(url)) return new FetchOutcome.Refused("Only addresses that begin with https:// are fetched.");
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest)
            {
                if (response.Headers.Location is not { } location) return new FetchOutcome.Failed($"It answered {(int)response.StatusCode} without a way on.");
                if (redirects == MaxRedirects) return new FetchOutcome.Refused($"It leads on more than {MaxRedirects} times.");
                url = new Uri(url, location);
                continue;
            }

            if (response.StatusCode != HttpStatusCode.OK) return new FetchOutcome.Failed($"It answered {(int)response.StatusCode}.");
            return await ReadAsync(response.Content, cancellationToken) is { } content
                ? new FetchOutcome.Fetched(content, url)
                : new FetchOutcome.Refused($"It is larger than {MaxBytes:N0} bytes.");
        }
    }

    /// <returns><see langword="null"/> where it is too large.</returns>
    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxBytes) return null;
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > MaxBytes) return null;
            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    private static async ValueTask<Stream> ConnectAsync(FetchRules rules, DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(endPoint.Host, out var literal) ? [literal] : await rules.ResolveAsync(endPoint.Host, cancellationToken);
        var allowed = addresses.Where(rules.MayConnect).ToArray();
        if (allowed.Length == 0) throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressRefusedException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressRefusedException() : IOException("The address is not public.");
}
