using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>Whom an organiser asks about: by address, which so stands in a body and never in a URL, or by the person's id.</summary>
internal sealed record NamedPerson(PersonId Person)
{
    public static NamedPerson? Read(Submission.Fields sent, ValidationErrors errors, PersonIds people)
    {
        if (sent.Text("person") is { Length: > 0 } id)
        {
            if (PersonId.TryParse(id, out var person)) return new(person);
            errors.Add("person", "Send the person's id, as the trace has it.");
        }
        else if (EmailAddress.TryParse(sent.Text("email"), out var address))
        {
            return new(people.Of(address));
        }
        else
        {
            errors.Add("email", "Send an e-mail address such as name@example.org, or the person's id.");
        }

        return null;
    }
}
