using System.Collections.Frozen;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>An event, and whether a machine made it.</summary>
/// <param name="Machine">Why it is held for a machine's, for organisers; <see langword="null"/>: a person's, as far as can be told.</param>
internal sealed record JudgedEvent(DeliveryEvent Event, string? Machine)
{
    public bool IsMachine => Machine is not null;
}

/// <summary>
/// Tells what mail scanners do from what people do. A later event may show that an earlier one was a machine's, so this is
/// judged over all events of an e-mail whenever they are read, and stored nowhere.
/// </summary>
internal static class Machines
{
    /// <summary>Nobody reads a mail so soon. Scanners often wait longer (half of them 43 s or more), and show themselves otherwise.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    /// <summary>Nobody follows two links of one mail so fast; a scanner opens them all.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(5);

    /// <summary>What the user agents of scanners, proxies that fetch unasked, and programs hold. Gmail's and Yahoo's image proxies fetch when a person opens the mail, so they are not here.</summary>
    private static readonly string[] Agents =
    [
        "barracuda", "mimecast", "proofpoint", "urldefense", "trendmicro", "trend micro", "symantec", "messagelabs", "fireeye", "trellix", "sophos",
        "cloudmark", "check point", "safelinks", "bitdefender", "ironport", "zscaler", "forcepoint", "mailscanner", "virustotal", "avanan", "vadesecure",
        "crawler", "spider", "googlebot", "bingbot", "bingpreview", "slackbot", "telegrambot", "twitterbot", "linkedinbot", "facebookexternalhit", "skypeuripreview",
        "headlesschrome", "phantomjs", "curl/", "wget/", "python-requests", "python-urllib", "aiohttp", "go-http-client", "apache-httpclient", "libwww-perl", "java/", "okhttp",
    ];

    // All that Apple's Mail Privacy Protection sends, which fetches every image beforehand.
    private static readonly FrozenSet<string> WholeAgents = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Mozilla/5.0");

    /// <param name="userAgent">As the provider has it: anything.</param>
    public static bool IsAgent(string? userAgent) =>
        userAgent is not null
        && (WholeAgents.Contains(userAgent.Trim()) || Array.Exists(Agents, agent => userAgent.Contains(agent, StringComparison.OrdinalIgnoreCase)));

    /// <param name="events">Of one e-mail, all of them.</param>
    public static IReadOnlyList<JudgedEvent> Judge(IReadOnlyCollection<DeliveryEvent> events)
    {
        DateTimeOffset? deliveredAt = events.Where(e => e.Kind == DeliveryEventKind.Delivered).Select(e => (DateTimeOffset?)e.At).Min();
        var inBurst = InBurst(events.Where(e => e is { Kind: DeliveryEventKind.Clicked, Link: not null }).OrderBy(e => e.At).ToList());
        return [.. events.Select(e => new JudgedEvent(e, WhyMachine(e, deliveredAt, inBurst)))];
    }

    private static string? WhyMachine(DeliveryEvent e, DateTimeOffset? deliveredAt, HashSet<DeliveryEvent> inBurst) => e.Kind switch
    {
        not (DeliveryEventKind.Opened or DeliveryEventKind.Clicked) => null,
        _ when e.IsMachineAgent => "by its user agent",
        _ when inBurst.Contains(e) => "several links at once",
        _ when e.At <= deliveredAt + TooSoon => "within seconds of the delivery",
        _ => null,
    };

    /// <param name="clicks">In the order of time.</param>
    private static HashSet<DeliveryEvent> InBurst(List<DeliveryEvent> clicks)
    {
        var found = new HashSet<DeliveryEvent>(ReferenceEqualityComparer.Instance);
        for (var (first, last) = (0, 0); last < clicks.Count; last++)
        {
            while (clicks[last].At - clicks[first].At > Burst) first++;

            // Where this one differs from any before it in the window, all of the window is a burst.
            var isBurst = false;
            for (var n = first; n < last && !isBurst; n++) isBurst = clicks[n].Link != clicks[last].Link;
            if (!isBurst) continue;
            for (var n = first; n <= last; n++) found.Add(clicks[n]);
        }

        return found;
    }
}
