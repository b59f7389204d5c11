using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <summary>
/// The service's name for a sending: a GUID of ours, the same at each attempt for one e-mail. The API's description calls it
/// "the ID provided by the customer to identify the long running operation", and does not promise in so many words that a
/// second request under it sends nothing; users report that it does not. So no attempt is repeated before the service was
/// asked for the operation, and only where it knows of none.
/// </summary>
internal static class OperationIds
{
    /// <summary>Sets these GUIDs apart from others made of the same id; fixed for good.</summary>
    private const string Namespace = "citizen-focus/acs-operation/";

    /// <summary>A version 8 UUID (RFC 9562 section 5.8): the first 122 bits of SHA-256, in the order of octets on the wire.</summary>
    public static Guid Of(string deliveryId)
    {
        var octets = SHA256.HashData(Encoding.UTF8.GetBytes(Namespace + deliveryId)).AsSpan(0, 16);
        octets[6] = (byte)(0x80 | (octets[6] & 0x0f));
        octets[8] = (byte)(0x80 | (octets[8] & 0x3f));
        return new(octets, bigEndian: true);
    }
}
