using Azure;

namespace CitizenFocus.AzureClients.Storage;

/// <summary>An answer without a value, such as 304 to a read under If-None-Match: its caller looks at the status first.</summary>
internal sealed class NoBodyResponse<T>(Response response) : Response<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException(
        $"The answer has no value: its status is {response.Status} ({response.ReasonPhrase}). Look at HasValue or GetRawResponse().Status first.");

    public override Response GetRawResponse() => response;
}
