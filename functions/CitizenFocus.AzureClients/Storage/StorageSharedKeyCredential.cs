using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>A storage account's name and one of its two access keys, to sign requests and shared access signatures with.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</remarks>
public class StorageSharedKeyCredential
{
    private byte[] _accountKey;

    /// <param name="accountName">The account's name, as in <c>{name}.blob.core.windows.net</c>.</param>
    /// <param name="accountKey">The key in base64, as the portal shows it.</param>
    /// <exception cref="FormatException"><paramref name="accountKey"/> is not base64.</exception>
    public StorageSharedKeyCredential(string accountName, string accountKey)
    {
        AccountName = accountName;
        _accountKey = Convert.FromBase64String(accountKey);
    }

    /// <summary>The account's name.</summary>
    public string AccountName { get; }

    /// <summary>Takes another key from now on, in the clients that were made with this credential as well.</summary>
    /// <param name="accountKey">The key in base64.</param>
    /// <exception cref="FormatException"><paramref name="accountKey"/> is not base64.</exception>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref _accountKey, Convert.FromBase64String(accountKey));

    /// <summary>The base64 of the HMAC-SHA256 of a string-to-sign.</summary>
    internal string ComputeHMACSHA256(string message) => Sign(Volatile.Read(ref _accountKey), message);

    /// <inheritdoc cref="ComputeHMACSHA256"/>
    internal static string Sign(byte[] key, string message) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(message)));
}
