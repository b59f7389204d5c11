using System.Diagnostics;
using System.Net;

namespace CitizenFocus.Bench.Load;

/// <summary>Keeps a number of connections busy; every answer must have the status that is expected.</summary>
internal static class Generator
{
    public const int Connections = 32;

    /// <returns>Requests a second.</returns>
    public static async Task<double> ForAsync(TimeSpan time, IPEndPoint server, byte[] request, int status, CancellationToken cancellationToken)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        return await RunAsync(server, () => Stopwatch.GetTimestamp() < end ? request : null, status, cancellationToken);
    }

    /// <returns>Requests a second.</returns>
    public static Task<double> EachAsync(IReadOnlyList<byte[]> requests, IPEndPoint server, int status, CancellationToken cancellationToken)
    {
        var taken = -1;
        return RunAsync(
            server,
            () => Interlocked.Increment(ref taken) is var number && number < requests.Count ? requests[number] : null,
            status,
            cancellationToken);
    }

    private static async Task<double> RunAsync(IPEndPoint server, Func<byte[]?> next, int status, CancellationToken cancellationToken)
    {
        var connections = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                connections.Add(await HttpConnection.OpenAsync(server, cancellationToken));
            }

            var start = Stopwatch.GetTimestamp();
            var counts = await Task.WhenAll(connections.Select(connection => Task.Run(() => KeepBusyAsync(connection, next, status, cancellationToken))));
            return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<int> KeepBusyAsync(HttpConnection connection, Func<byte[]?> next, int status, CancellationToken cancellationToken)
    {
        var count = 0;
        while (next() is { } request)
        {
            var answered = await connection.ExchangeAsync(request, cancellationToken);
            if (answered != status) throw new InvalidOperationException($"Answered {answered}, not {status}.");
            count++;
        }

        return count;
    }
}
