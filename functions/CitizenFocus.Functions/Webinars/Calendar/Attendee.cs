using CitizenFocus.Functions.Email;

namespace CitizenFocus.Functions.Webinars.Calendar;

/// <summary>Whom a calendar entry is for (RFC 5545 section 3.8.4.1).</summary>
/// <param name="Address">Where they have the entry from.</param>
/// <param name="Name">As they typed it; may be empty.</param>
internal sealed record Attendee(EmailAddress Address, string Name);
