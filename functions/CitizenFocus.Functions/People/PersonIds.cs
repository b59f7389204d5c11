using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.People;

/// <summary>Makes person ids. The key is permanent: with another one, nobody would be found again.</summary>
internal sealed class PersonIds(KeyOptions keys)
{
    private readonly byte[] _key = keys.PersonIdKey();

    public PersonId Of(EmailAddress address) =>
        PersonId.FromHash(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(address.Normalised)));
}
