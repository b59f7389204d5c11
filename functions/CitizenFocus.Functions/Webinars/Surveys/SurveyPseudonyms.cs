using System.Security.Cryptography;
using System.Text;
using CitizenFocus.Functions.People;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Webinars.Surveys;

/// <summary>
/// Under what an answer is kept: the same person's stay one, and whoever has the table and all person ids, but not the
/// key, cannot tell whose is whose. Another webinar's answer has another.
/// </summary>
internal sealed class SurveyPseudonyms(KeyOptions keys)
{
    // No address is spelt so: the key that makes person ids never gives this one away as such.
    private readonly byte[] _key = HMACSHA256.HashData(keys.PersonIdKey(), "citizen-focus survey pseudonym 1"u8);

    public string Of(WebinarSlug webinar, PersonId person) => Base32.Encode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{webinar}|{person}")));
}
