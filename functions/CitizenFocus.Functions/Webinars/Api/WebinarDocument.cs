using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;
using NodaTime.Text;

namespace CitizenFocus.Functions.Webinars.Api;

/// <param name="Webinars">For visitors those to come, the next first, then those that were; for organisers all, the latest first.</param>
internal sealed record WebinarListDocument(IReadOnlyList<WebinarDocument> Webinars);

/// <summary>
/// A webinar in JSON: what visitors may know, hence not its room; more for organisers, who may send it back, changed.
/// </summary>
internal sealed record WebinarDocument
{
    private static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.GeneralIso;

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; init; }

    public required WebinarKind Kind { get; init; }

    public required WebinarStatus Status { get; init; }

    /// <summary>Local time in <see cref="Zone"/>, ISO 8601 without an offset.</summary>
    public required string Start { get; init; }

    /// <summary>An IANA name.</summary>
    public required string Zone { get; init; }

    /// <summary><c>first</c> or <c>second</c>, where the clocks show <see cref="Start"/> twice.</summary>
    public string? StartOccurrence { get; init; }

    public required DateTimeOffset StartUtc { get; init; }

    /// <summary>Of the first session.</summary>
    public required int DurationMinutes { get; init; }

    public required IReadOnlyList<SessionDocument> Sessions { get; init; }

    public required bool DateOnly { get; init; }

    public string? Place { get; init; }

    /// <summary>Absent where there is no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>Absent: with publishing.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>Absent: at the end.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    public required bool InvitationOnly { get; init; }

    public required bool NeedsApproval { get; init; }

    public required IReadOnlyList<QuestionDocument> Questions { get; init; }

    public required IReadOnlyList<Speaker> Speakers { get; init; }

    /// <summary>Ids in the library.</summary>
    public required IReadOnlyList<string> Materials { get; init; }

    /// <summary>BCP 47.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>A slug.</summary>
    public string? Series { get; init; }

    public required int Revision { get; init; }

    public Uri? Recording { get; init; }

    public required Uri Url { get; init; }

    /// <summary>For organisers: after the first session, as they are sent: <c>2026-12-10T14:00/90</c>.</summary>
    public IReadOnlyList<string>? FurtherSessions { get; init; }

    /// <summary>For organisers.</summary>
    public Uri? Room { get; init; }

    /// <summary>For organisers.</summary>
    public bool? OffersSeats { get; init; }

    /// <summary>For organisers: before each session.</summary>
    public IReadOnlyList<int>? ReminderMinutes { get; init; }

    /// <summary>For organisers: after the end.</summary>
    public FollowUpHours? FollowUpHours { get; init; }

    /// <summary>For organisers.</summary>
    public bool? AwaitsRecording { get; init; }

    public static WebinarDocument Of(Webinar webinar, Links links, bool forOrganisers) => forOrganisers
        ? Public(webinar, links) with
        {
            FurtherSessions = [.. webinar.FurtherSessions.Select(session => WebinarFace.WriteTimes([session]))],
            Room = webinar.Room,
            OffersSeats = webinar.OffersSeats,
            ReminderMinutes = [.. webinar.Reminders.Select(reminder => (int)reminder.TotalMinutes)],
            FollowUpHours = new(webinar.FollowUp is { } delay ? (int)delay.TotalHours : null),
            AwaitsRecording = webinar.AwaitsRecording,
        }
        : Public(webinar, links);

    /// <summary>Storage's ETag is weak by its spelling (<c>W/"…"</c>) yet changes with every write: what stands in it serves as a strong one.</summary>
    public static string TagOf(ETag etag) => Conditional.TagOf(Encoding.ASCII.GetBytes(etag.ToString()));

    private static WebinarDocument Public(Webinar webinar, Links links) => new()
    {
        Slug = webinar.Slug.Value,
        Title = webinar.Title,
        Summary = webinar.Summary,
        Text = webinar.Text,
        Kind = webinar.Kind,
        Status = webinar.Status,
        Start = LocalTime.Format(webinar.Start),
        Zone = webinar.Zone.Id,
        StartOccurrence = webinar.Zone.MapLocal(webinar.Start).Count == 2 ? webinar.StartIsLaterOfTwo ? "second" : "first" : null,
        StartUtc = webinar.StartInstant.ToDateTimeOffset(),
        DurationMinutes = (int)webinar.Duration.TotalMinutes,
        Sessions = [.. webinar.Sessions.Select(session => new SessionDocument(
            session.Number, LocalTime.Format(session.Time.Start), session.Start.ToDateTimeOffset(), session.End.ToDateTimeOffset()))],
        DateOnly = webinar.DateOnly,
        Place = webinar.Place,
        Capacity = webinar.Capacity,
        OpensAt = webinar.OpensAt?.ToDateTimeOffset(),
        ClosesAt = webinar.ClosesAt?.ToDateTimeOffset(),
        InvitationOnly = webinar.IsInvitationOnly,
        NeedsApproval = webinar.NeedsApproval,
        Questions = [.. webinar.Questions.Select(question => new QuestionDocument(
            question.Id, question.Text, question.Kind, question.IsRequired, question.Options.Count > 0 ? question.Options : null))],
        Speakers = webinar.Speakers,
        Materials = webinar.Materials,
        Languages = webinar.Languages,
        Series = webinar.Series,
        Revision = webinar.Revision,
        Recording = webinar.Recording,
        Url = links.Absolute(links.Webinar(webinar.Slug.Value)),
    };
}

/// <param name="Number">From 1.</param>
/// <param name="Start">Local time in the webinar's zone.</param>
/// <param name="StartUtc">The same as an instant.</param>
/// <param name="EndUtc">As an instant.</param>
internal sealed record SessionDocument(int Number, string Start, DateTimeOffset StartUtc, DateTimeOffset EndUtc);

/// <param name="Id">Its answer is sent as <c>answers.{id}</c>.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Kind">What is answered.</param>
/// <param name="Required">Without an answer nobody registers.</param>
/// <param name="Options">To choose from.</param>
internal sealed record QuestionDocument(string Id, string Text, QuestionKind Kind, bool Required, IReadOnlyList<string>? Options);

/// <summary>A number, or <c>"none"</c>: an absent one is the default.</summary>
[JsonConverter(typeof(FollowUpHoursConverter))]
internal readonly record struct FollowUpHours(int? Value)
{
    public const string None = "none";
}

internal sealed class FollowUpHoursConverter : JsonConverter<FollowUpHours>
{
    public override FollowUpHours Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("What organisers send is read by WebinarInput.");

    public override void Write(Utf8JsonWriter writer, FollowUpHours value, JsonSerializerOptions options)
    {
        if (value.Value is { } hours) writer.WriteNumberValue(hours);
        else writer.WriteStringValue(FollowUpHours.None);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CamelCase<WebinarKind>), typeof(CamelCase<WebinarStatus>), typeof(CamelCase<QuestionKind>)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebinarDocument))]
[JsonSerializable(typeof(WebinarListDocument))]
internal sealed partial class WebinarJson : JsonSerializerContext;
