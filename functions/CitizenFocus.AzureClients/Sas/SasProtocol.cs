namespace CitizenFocus.AzureClients.Sas;

/// <summary>Over what a shared access signature may be used.</summary>
public enum SasProtocol
{
    /// <summary>Not said: HTTPS and HTTP.</summary>
    None = 0,

    /// <summary>HTTPS and HTTP.</summary>
    HttpsAndHttp = 1,

    /// <summary>HTTPS only.</summary>
    Https = 2,
}
