using CitizenFocus.Functions.Hosting;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Commitments;

/// <summary>Every hour: makes proposals of the new entries of other people's feeds (<see cref="CommitmentOptions.FeedUrls"/>).</summary>
internal sealed partial class ImportCommitments(
    CommitmentOptions options, SafeHttpFetcher fetcher, ImportEntries import, TimeProvider clock, ILogger<ImportCommitments> logger) : ITimerFunction
{
    public const string FunctionName = "ImportCommitments";

    private const string Accept = "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.7, */*;q=0.1";
    private const int MaxTopics = 10;
    private const int MaxTopicLength = 50;

    public async Task RunAsync(TimerInvocation timer, CancellationToken cancellationToken)
    {
        // One feed's fault is its own, and the next hour may mend it.
        foreach (var feed in options.FeedUrls) await ImportAsync(feed, cancellationToken);
    }

    private async Task ImportAsync(Uri feed, CancellationToken cancellationToken)
    {
        switch (await fetcher.GetAsync(feed, Accept, cancellationToken))
        {
            case FetchOutcome.Fetched(var content, var from) when FeedReader.TryRead(content, from) is { } entries:
                var taken = 0;

                // The latest stands first in a feed, and last in time.
                foreach (var entry in entries.Reverse())
                {
                    if (await import.TryTakeAsync(Proposal(entry, feed), ImportEntries.SeenKey(feed.AbsoluteUri, entry.Id), cancellationToken)) taken++;
                }

                if (taken > 0) Imported(logger, taken, feed.Host);
                break;
            case FetchOutcome.Fetched:
                NotRead(logger, feed.Host, "It is no RSS or Atom feed, has a DTD, or is nested too deeply.");
                break;
            case FetchOutcome.Refused(var why):
                NotRead(logger, feed.Host, why);
                break;
            case FetchOutcome.Failed(var why):
                NotRead(logger, feed.Host, why);
                break;
            case var other:
                throw new InvalidOperationException($"No step for {other}.");
        }
    }

    /// <summary>An organiser reads it before anybody else does, and puts right what was cut.</summary>
    private Commitment Proposal(FeedEntry entry, Uri feed) => new()
    {
        Id = CommitmentId.New(entry.Title),
        Title = Cut(entry.Title, ProposalFormModel.MaxTitleLength),
        Summary = Cut(entry.Text.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), ProposalFormModel.MaxSummaryLength),
        Text = Cut(entry.Text, ProposalFormModel.MaxTextLength),
        Author = entry.Author is { Length: > 0 } author ? Cut(author, ProposalFormModel.MaxNameLength) : null,
        Topics = [.. entry.Topics.Where(topic => topic.Length <= MaxTopicLength).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxTopics)],
        Links = entry.Link is { } link ? [link] : [],
        SubmittedAt = clock.GetUtcNow(),
        Source = feed.AbsoluteUri,
    };

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        var end = maxLength - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} new entries of the feed at {Host} are proposals now.")]
    private static partial void Imported(ILogger logger, int count, string host);

    [LoggerMessage(2, LogLevel.Warning, "The feed at {Host} was not read: {Why}")]
    private static partial void NotRead(ILogger logger, string host, string why);
}
