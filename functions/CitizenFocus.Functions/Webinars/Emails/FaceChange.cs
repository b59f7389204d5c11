namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>One thing that is different: what it was called, and is; <see langword="null"/> where there was, or is, none.</summary>
public sealed record FaceChange(string Label, string? Before, string? Now)
{
    /// <summary>What changed from <paramref name="before"/> to <paramref name="now"/> of what a calendar entry shows, and nothing else.</summary>
    public static IReadOnlyList<FaceChange> Between(Webinar before, Webinar now)
    {
        var changes = new List<FaceChange> { new("What", before.Title, now.Title) };
        var (old, current) = (WebinarTimes.EachSession(before), WebinarTimes.EachSession(now));
        for (var i = 0; i < Math.Max(old.Count, current.Count); i++)
        {
            changes.Add(new(
                old.Count == 1 && current.Count == 1 ? "When" : $"Session {i + 1}",
                i < old.Count ? old[i] : null,
                i < current.Count ? current[i] : null));
        }

        changes.Add(new("Where", PlaceOf(before), PlaceOf(now)));
        return [.. changes.Where(change => change.Before != change.Now)];
    }

    private static string PlaceOf(Webinar webinar) => webinar.Place ?? "Online";
}
