using CitizenFocus.Functions.Web;
using NodaTime;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars;

/// <summary>What an organiser sends as a webinar, judged all at once.</summary>
internal static class WebinarInput
{
    private const int MaxTitleLength = 200;
    private const int MaxSummaryLength = 1_000;
    private const int MaxTextLength = 20_000;
    private const int MaxPlaceLength = 200;
    private const int MaxCapacity = 1_000_000;
    private const int MaxMinutes = 14 * 24 * 60;

    private static readonly LocalDateTimePattern[] StartPatterns =
        [LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), LocalDateTimePattern.GeneralIso];

    /// <returns>The webinar, or the answer that says what is wrong.</returns>
    public static Task<(Webinar? Webinar, IResult? Refusal)> ReadAsync(HttpContext context, WebinarSlug slug) =>
        ContentBody.ReadAsync(context, (sent, errors) => Validate(slug, sent, errors));

    internal static Webinar? Validate(WebinarSlug slug, Submission.Fields sent, ValidationErrors errors)
    {
        var fields = new FieldReader(sent, errors);
        var title = fields.RequiredLine("title", MaxTitleLength, "Enter a title.");
        var start = ParseStart(sent.Text("start"));
        if (start is null) errors.Add("start", "Enter the local start, such as 2026-12-06T15:00.");

        var zone = sent.Text("zone") is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
        if (zone is null) errors.Add("zone", "Enter an IANA time zone, such as Europe/Brussels.");
        else if (start is { } local) CheckLocalTime(local, zone);

        var minutes = fields.Number("durationMinutes", 1, MaxMinutes) ?? 60;
        var capacity = fields.Number("capacity", 1, MaxCapacity);
        var kind = fields.Choice("kind", WebinarKind.Webinar);
        var status = fields.Choice("status", WebinarStatus.Draft);
        var room = fields.Https("room");
        var recording = fields.Https("recording");
        var summary = fields.Line("summary", MaxSummaryLength) ?? "";
        var place = fields.Line("place", MaxPlaceLength);
        var text = fields.Text("text", MaxTextLength);

        return errors.Count > 0 ? null : new()
        {
            Slug = slug,
            Title = title,
            Summary = summary,
            Text = text,
            Kind = kind,
            Status = status,
            Start = start!.Value,
            Zone = zone!,
            Duration = Duration.FromMinutes(minutes),
            DateOnly = sent.IsTicked("dateOnly"),
            Place = place,
            Capacity = capacity,
            Room = room,
            Recording = recording,
        };

        void CheckLocalTime(LocalDateTime local, DateTimeZone of)
        {
            switch (of.MapLocal(local).Count)
            {
                case 0:
                    errors.Add("start", $"On that day the clocks of {of.Id} are put forward over that time: it does not exist. Choose another.");
                    break;
                case 2:
                    errors.Add("start", $"On that day the clocks of {of.Id} are put back: that time comes twice. Choose another.");
                    break;
            }
        }
    }

    private static LocalDateTime? ParseStart(string? typed)
    {
        foreach (var pattern in StartPatterns)
        {
            if (typed is not null && pattern.Parse(typed.Trim()) is { Success: true, Value: var local }) return local;
        }

        return null;
    }
}
