using System.Security.Cryptography;
using System.Text;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>A storage account's name and key. The key can be replaced while clients use it.</summary>
public class TableSharedKeyCredential
{
    private volatile byte[] _key;

    /// <param name="accountName">The account's name.</param>
    /// <param name="accountKey">One of its keys, base64.</param>
    /// <exception cref="FormatException">The key is not base64.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        AccountName = accountName;
        _key = Convert.FromBase64String(accountKey);
    }

    public string AccountName { get; }

    /// <summary>Takes another key from the next request on: the way to rotate it.</summary>
    /// <param name="accountKey">One of the account's keys, base64.</param>
    /// <exception cref="FormatException">The key is not base64.</exception>
    public void SetAccountKey(string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        _key = Convert.FromBase64String(accountKey);
    }

    /// <summary>The HMAC-SHA256 of the text's UTF-8 under the key, base64.</summary>
    internal string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }
}
