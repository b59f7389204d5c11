using CitizenFocus.Functions.Library;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Web.Components;
using CitizenFocus.Functions.Webinars.Series;
using NodaTime;

namespace CitizenFocus.Functions.Webinars.Api;

/// <summary>What an organiser sends as a webinar, judged all at once.</summary>
internal sealed class WebinarInput(LibraryService library, SeriesService seriesService, TimeProvider clock)
{
    private const int MaxTitleLength = 200;
    private const int MaxSummaryLength = 1_000;
    private const int MaxTextLength = 20_000;
    private const int MaxPlaceLength = 200;
    private const int MaxCapacity = 1_000_000;
    private const int MaxMaterials = 20;
    private const int MaxIdLength = 100;
    private const int MaxLanguages = 24;
    private const int MaxLanguageLength = 35;
    private const int MaxReminders = 5;
    private const int MinReminderMinutes = 5;
    private const int MaxReminderMinutes = 30 * 24 * 60;
    private const int MaxFollowUpHours = 14 * 24;

    /// <param name="context">The request.</param>
    /// <param name="slug">From its path.</param>
    /// <param name="existing">As stored; <see langword="null"/> for a new one.</param>
    /// <returns>The webinar, or the answer that says what is wrong. Whether its status may follow on the stored one is not judged.</returns>
    public Task<(Webinar? Webinar, IResult? Refusal)> ReadAsync(HttpContext context, WebinarSlug slug, Webinar? existing) =>
        ContentBody.ReadAsync(context, (sent, errors) => ValidateAsync(slug, existing, sent, errors, context.RequestAborted));

    private async Task<Webinar?> ValidateAsync(
        WebinarSlug slug, Webinar? existing, Submission.Fields sent, ValidationErrors errors, CancellationToken cancellationToken)
    {
        var fields = new FieldReader(sent, errors);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var title = fields.RequiredLine("title", MaxTitleLength, "Enter a title.");
        var schedule = new ScheduleInput(sent, errors).Read();
        if (schedule is not null) CheckPast(schedule, existing, now, errors);

        var (opensAt, closesAt) = ReadPeriod(fields, schedule, errors);
        var lists = new QuestionsInput(sent, errors);
        var reminders = fields.Numbers("reminderMinutes", MinReminderMinutes, MaxReminderMinutes, MaxReminders);
        var webinar = new Webinar
        {
            Slug = slug,
            Title = title,
            Summary = fields.Line("summary", MaxSummaryLength) ?? "",
            Text = fields.Text("text", MaxTextLength),
            Kind = fields.Choice("kind", WebinarKind.Webinar),
            Status = ReadStatus(fields, existing, errors),
            Start = schedule?.Sessions[0].Start ?? default,
            Zone = schedule?.Zone ?? DateTimeZone.Utc,
            Duration = schedule?.Sessions[0].Duration ?? default,
            StartIsLaterOfTwo = schedule?.Sessions[0].IsLaterOfTwo ?? false,
            FurtherSessions = [.. schedule?.Sessions.Skip(1) ?? []],
            DateOnly = schedule?.DateOnly ?? false,
            Place = fields.Line("place", MaxPlaceLength),
            Capacity = fields.Number("capacity", 1, MaxCapacity),
            OpensAt = opensAt,
            ClosesAt = closesAt,
            IsInvitationOnly = fields.Flag("invitationOnly", false),
            NeedsApproval = fields.Flag("needsApproval", false),
            OffersSeats = fields.Flag("offersSeats", false),
            Questions = lists.ReadQuestions(),
            Speakers = lists.ReadSpeakers(),
            Materials = await ReadMaterialsAsync(fields, errors, cancellationToken),
            Languages = ReadLanguages(fields, errors),
            Reminders = reminders?.Select(minutes => Duration.FromMinutes(minutes)).ToList() ?? Webinar.DefaultReminders,
            FollowUp = ReadFollowUp(fields, sent),
            AwaitsRecording = fields.Flag("awaitsRecording", true),
            Series = await ReadSeriesAsync(fields, errors, cancellationToken),
            Room = fields.Https("room"),
            Recording = fields.Https("recording"),
        };

        var isNewlyPublished = webinar.Status == WebinarStatus.Published && existing is null or { Status: WebinarStatus.Draft };
        if (errors.Count == 0 && isNewlyPublished && WebinarLife.WhyNotToPublish(webinar, now) is { } why) errors.Add(why.Field, why.Remedy);
        return errors.Count > 0 ? null : webinar;
    }

    /// <summary>What is over keeps its times, so that a recording can be added; for all else the start is to come, unless it stays as it is.</summary>
    private static void CheckPast(Schedule schedule, Webinar? existing, Instant now, ValidationErrors errors)
    {
        var before = existing is null ? null : Schedule.Of(existing);
        if (existing is { Status: not WebinarStatus.Draft } && WebinarLife.IsOver(existing, now))
        {
            if (!schedule.IsSameAs(before!)) errors.Add("start", "It is over, so its times stay as they are. For another time, make a new one.");
        }
        else if (schedule.HasBegun(now) && (before is null || schedule.Start != before.Start))
        {
            errors.Add("start", "Choose a start that is still to come.");
        }
    }

    private static (Instant? OpensAt, Instant? ClosesAt) ReadPeriod(FieldReader fields, Schedule? schedule, ValidationErrors errors)
    {
        var (opens, closes) = (Moment("opensAt"), Moment("closesAt"));
        if (closes <= opens) errors.Add("closesAt", "Choose a time after opensAt.");
        if (schedule is not null && closes > schedule.End) errors.Add("closesAt", "Choose a time before the end, or leave it out: registration closes at the end then.");
        if (schedule is not null && opens >= schedule.End) errors.Add("opensAt", "Choose a time before the end.");
        return (opens, closes);

        Instant? Moment(string field) => fields.Time(field) is { } time ? Instant.FromDateTimeOffset(time) : null;
    }

    private static WebinarStatus ReadStatus(FieldReader fields, Webinar? existing, ValidationErrors errors)
    {
        var asked = fields.Choice<WebinarStatus>("status");
        if (existing is not null) return asked ?? existing.Status;
        if (asked is null or WebinarStatus.Draft or WebinarStatus.Published) return asked ?? WebinarStatus.Draft;
        errors.Add("status", "A new webinar is draft or published.");
        return WebinarStatus.Draft;
    }

    private async Task<IReadOnlyList<string>> ReadMaterialsAsync(FieldReader fields, ValidationErrors errors, CancellationToken cancellationToken)
    {
        var ids = fields.Lines("materials", MaxMaterials, MaxIdLength);
        if (errors["materials"] is not null) return [];
        var found = await Task.WhenAll(ids.Select(id => library.FindAsync(id, cancellationToken)));
        for (var i = 0; i < ids.Count; i++)
        {
            if (found[i] is null) errors.Add("materials", $"The library has no document {ids[i]}. Put it there first.");
        }

        return ids;
    }

    private async Task<string?> ReadSeriesAsync(FieldReader fields, ValidationErrors errors, CancellationToken cancellationToken)
    {
        const string field = "series";
        var slug = fields.Choice(field, text => WebinarSlug.TryParse(text, out _), "Use 1 to 100 lower-case letters, digits and single hyphens.");
        if (slug is not null && errors[field] is null && await seriesService.FindAsync(slug, cancellationToken) is null) errors.Add(field, $"There is no series {slug}. Make it first.");
        return slug;
    }

    private static IReadOnlyList<string> ReadLanguages(FieldReader fields, ValidationErrors errors)
    {
        var languages = fields.Lines("languages", MaxLanguages, MaxLanguageLength);
        if (errors["languages"] is null && languages.FirstOrDefault(language => !Choices.Has(Choices.Languages, language)) is not null)
        {
            errors.Add("languages", "Use official languages of the Union by their codes, such as en or nl.");
        }

        return languages;
    }

    private static Duration? ReadFollowUp(FieldReader fields, Submission.Fields sent)
    {
        const string field = "followUpHours";
        if (string.Equals(sent.Text(field), FollowUpHours.None, StringComparison.OrdinalIgnoreCase)) return null;
        return fields.Number(field, 0, MaxFollowUpHours) is { } hours ? Duration.FromHours(hours) : Webinar.DefaultFollowUp;
    }
}
