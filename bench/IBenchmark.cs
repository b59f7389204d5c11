namespace CitizenFocus.Bench;

/// <summary>One name of the command line.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>Whether the app and the bare one are to be published and the sample loaded before.</summary>
    bool NeedsApp { get; }

    Task<Report> RunAsync(Site site, CancellationToken cancellationToken);
}
