using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Tests.Support;

/// <summary>Builders of what tests arrange: <c>a.KeyRing("k1")</c>.</summary>
#pragma warning disable CS8981, IDE1006 // Lower-case on purpose: it reads as the article that it is.
internal static partial class a
#pragma warning restore CS8981, IDE1006
{
    /// <summary>32 bytes that all are the seed, in base64.</summary>
    public static string Key(byte seed) => Convert.ToBase64String(Enumerable.Repeat(seed, 32).ToArray());

    /// <summary>A ring of keys with these ids, the first signing; the same id gives the same key.</summary>
    public static KeyOptions KeyRing(params string[] ids) => new()
    {
        PersonId = Key(1),
        Signing = string.Join(',', ids.Select(id => $"{id}:{Key((byte)id.Sum(c => c))}")),
    };
}
