using System.Net;

namespace CitizenFocus.LocalHost.Functions;

/// <summary>What a <see cref="FunctionsHost"/> is started with.</summary>
public sealed record FunctionsHostOptions
{
    /// <summary>The app's folder, or its executable.</summary>
    public required string App { get; init; }

    /// <summary>A connection string: of Azurite, or of an account.</summary>
    public required string Storage { get; init; }

    /// <summary>Where timers.json is kept.</summary>
    public required string DataDirectory { get; init; }

    public required string MailboxDirectory { get; init; }

    /// <summary>The settings file's values.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>On the loopback addresses; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Beside the loopback addresses; with it, the mailbox is not shown, which would be everybody's to read.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>From which the site's links are made; <see langword="null"/>: <c>http://localhost:{port}</c>.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Whose word counts for visitors' addresses; <see langword="null"/>: nobody's.</summary>
    public IPAddress? Proxy { get; init; }

    /// <summary>Whether the app is asked to load its sample data first.</summary>
    public bool LoadSample { get; init; }

    /// <summary>So many exits other than 0 stop the host, as 3 do on Azure; <see langword="null"/>: any number is allowed.</summary>
    public int? RestartLimit { get; init; }
}
