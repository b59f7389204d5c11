using CitizenFocus.Functions.Languages;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>One thing that is different: what it was called, and is; <see langword="null"/> where there was, or is, none.</summary>
public sealed record FaceChange(string Label, string? Before, string? Now)
{
    /// <summary>What changed from <paramref name="before"/> to <paramref name="now"/> of what a calendar entry shows, and nothing else.</summary>
    public static IReadOnlyList<FaceChange> Between(Webinar before, Webinar now, Texts texts)
    {
        var times = new WebinarTimes(texts);
        var changes = new List<FaceChange> { new(texts.Of("email.facts.what"), before.Title, now.Title) };
        var (old, current) = (times.EachSession(before), times.EachSession(now));
        for (var i = 0; i < Math.Max(old.Count, current.Count); i++)
        {
            changes.Add(new(
                old.Count == 1 && current.Count == 1 ? texts.Of("email.facts.when") : texts.Of("email.facts.session", ("number", i + 1)),
                i < old.Count ? old[i] : null,
                i < current.Count ? current[i] : null));
        }

        changes.Add(new(texts.Of("email.facts.where"), PlaceOf(before), PlaceOf(now)));
        return [.. changes.Where(change => change.Before != change.Now)];

        string PlaceOf(Webinar webinar) => webinar.Place ?? texts.Of("email.facts.online");
    }
}
