using Azure;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>
/// The service's refusals that the clients make themselves, before anything is sent: with its status and code, and
/// also where the emulator is more lenient.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes</remarks>
internal static class StorageErrors
{
    public static RequestFailedException OutOfRangeInput(string name) => new(
        400, $"The specified resource name length is not within the permissible limits: '{name}'.", "OutOfRangeInput", null);

    public static RequestFailedException InvalidResourceName(string name) => new(
        400, $"The specified resource name contains invalid characters: '{name}'.", "InvalidResourceName", null);

    public static RequestFailedException RequestBodyTooLarge(int bytes, int maximum) => new(
        413, $"The request body is too large: {bytes} bytes, of at most {maximum}.", "RequestBodyTooLarge", null);

    public static RequestFailedException EmptyMetadataKey() => new(
        400, "The key for one of the metadata key-value pairs is empty.", "EmptyMetadataKey", null);

    public static RequestFailedException InvalidMetadata(string name) => new(
        400, $"The metadata '{name}' is invalid: a name is a C# identifier, a value ASCII.", "InvalidMetadata", null);

    public static RequestFailedException MetadataTooLarge(int bytes, int maximum) => new(
        400, $"The metadata is too large: {bytes} bytes, of at most {maximum}.", "MetadataTooLarge", null);
}
