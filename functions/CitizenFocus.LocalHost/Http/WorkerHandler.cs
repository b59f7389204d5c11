using CitizenFocus.LocalHost.App;

namespace CitizenFocus.LocalHost.Http;

/// <summary>
/// Takes each request to the app's process that runs at the moment, waiting where it is being restarted. A request
/// that was never sent (the connection was refused) is tried again; one in flight when the process dies fails.
/// </summary>
internal sealed class WorkerHandler : DelegatingHandler
{
    /// <summary>Whom requests are addressed to before the port is known.</summary>
    public const string Address = "http://worker";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(25);

    private readonly HttpWorkerSupervisor _supervisor;

    public WorkerHandler(HttpWorkerSupervisor supervisor)
        : base(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        }) => _supervisor = supervisor;

    /// <summary>A URL whose path and query reach the app byte for byte.</summary>
    public static Uri Raw(string address, string pathAndQuery) =>
        new(address + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var pathAndQuery = request.RequestUri!.PathAndQuery;
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var left = deadline - DateTime.UtcNow;
            if (left <= TimeSpan.Zero) throw new WorkerUnavailableException("The app refuses connections.");

            var address = await _supervisor.ReadyAsync(left, cancellationToken);
            request.RequestUri = Raw(address.GetLeftPart(UriPartial.Authority), pathAndQuery);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // It died a moment ago and the supervisor has not noticed yet.
                await Task.Delay(RetryInterval, cancellationToken);
            }
        }
    }
}
