using CitizenFocus.LocalHost.App;

namespace CitizenFocus.LocalHost.Http;

/// <summary>
/// Takes each request to the app's process that runs at the moment, waiting where it is being restarted. A request
/// that failed is never sent a second time, not even where the connection was refused: SocketsHttpHandler says so
/// too after it lost a connection that had carried the request, and tried another.
/// </summary>
internal sealed class WorkerHandler : DelegatingHandler
{
    /// <summary>Whom requests are addressed to before the port is known.</summary>
    public const string Address = "http://worker";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
        var address = await _supervisor.ReadyAsync(Patience, cancellationToken);
        request.RequestUri = Raw(address.GetLeftPart(UriPartial.Authority), request.RequestUri!.PathAndQuery);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // Whoever hears of this failure and asks again is to find the process that follows.
            await _supervisor.NoticeEndAsync(address);
            throw;
        }
    }
}
