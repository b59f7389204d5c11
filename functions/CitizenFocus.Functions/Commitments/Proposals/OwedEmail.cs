using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.People;

namespace CitizenFocus.Functions.Commitments;

/// <summary>An e-mail that a change made due: written in the change's own transaction, gone once it is on the queue.</summary>
internal sealed record OwedEmail(PersonId Person, DeliveryKey Key)
{
    public static OwedEmail Parse(string person, string key) => new(PersonId.Parse(person), DeliveryKey.Parse(key));
}
