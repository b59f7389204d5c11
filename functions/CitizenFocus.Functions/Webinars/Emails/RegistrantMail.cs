using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Webinars.Registrations;

namespace CitizenFocus.Functions.Webinars.Emails;

/// <summary>What one registrant's e-mail is made from, as it is when the mail's turn comes.</summary>
internal sealed record RegistrantMail(Webinar Webinar, Registration Registration, DeliveryKey Key);
