using System.Globalization;
using System.Text.Json.Serialization;
using CitizenFocus.Functions.Web;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Api;

/// <param name="Registrations">At most 100, in the order of the people's ids; perhaps none before the last page.</param>
/// <param name="Next">To be sent as <c>after</c> for the next page, within a day; absent on the last.</param>
/// <param name="Seats">Of the whole webinar.</param>
internal sealed record RegistrationListDocument(IReadOnlyList<RegistrationDocument> Registrations, string? Next, SeatsDocument Seats);

/// <summary>Seats, as far as decided.</summary>
/// <param name="Confirmed">Given.</param>
/// <param name="Offered">Kept for who was offered one.</param>
/// <param name="Held">Kept for an undo.</param>
/// <param name="Waiting">People in line.</param>
/// <param name="Capacity">Absent where there is no limit.</param>
internal sealed record SeatsDocument(int Confirmed, int Offered, int Held, int Waiting, int? Capacity)
{
    public static SeatsDocument Of(Seats seats) => new(seats.Confirmed, seats.Offered, seats.Held, seats.Waiting, seats.Capacity);
}

/// <summary>A registration in JSON, for organisers.</summary>
internal sealed record RegistrationDocument
{
    public required string PersonId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public string? Organisation { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    public required RegistrationStatus Status { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>By the questions' ids.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; }

    public required IReadOnlyList<AttendanceDocument> Attendance { get; init; }

    /// <summary>Of who stands in line, or did: 19 digits, the lower the nearer to the head. Text, since JSON's numbers are not exact beyond 2^53.</summary>
    public string? Place { get; init; }

    public static RegistrationDocument Of(Registration registration) => new()
    {
        PersonId = registration.Person.Value,
        Name = registration.Name,
        Email = registration.Email.Value,
        Organisation = registration.Organisation,
        Country = registration.Country,
        Language = registration.Language,
        Status = registration.Status,
        RequestedAt = registration.RequestedAt,
        Answers = registration.Answers,
        Attendance = [.. registration.Attendance.OrderBy(session => session.Key).Select(session => new AttendanceDocument(session.Key, session.Value.JoinedAt, session.Value.Minutes))],
        Place = registration.Place?.ToString("D19", CultureInfo.InvariantCulture),
    };
}

/// <param name="Session">Its number, from 1.</param>
/// <param name="JoinedAt">When they first went through to the room.</param>
/// <param name="Minutes">How long they stayed, where that is known.</param>
internal sealed record AttendanceDocument(int Session, DateTimeOffset JoinedAt, int? Minutes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CamelCase<RegistrationStatus>)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegistrationDocument))]
[JsonSerializable(typeof(RegistrationListDocument))]
internal sealed partial class RegistrationsJson : JsonSerializerContext;
