using System.Net;

namespace CitizenFocus.Bench.Digests;

/// <summary>A local stand-in for a provider, which knows who got how many mails.</summary>
internal interface IDigestProvider : IAsyncDisposable
{
    string Name { get; }

    /// <summary>By which the app sends through it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    int Calls { get; }

    /// <summary>People who got it.</summary>
    int People { get; }

    /// <summary>Mails beyond one a person.</summary>
    int Doubles { get; }

    /// <summary>Tells the app what it took, where it does that at all.</summary>
    Task ReportAsync(HttpClient client, IPEndPoint app, CancellationToken cancellationToken);
}
