using Azure.Core;

namespace CitizenFocus.AzureClients.Tables;

/// <summary>The statuses that an operation takes for an answer; any other is an error.</summary>
internal static class Expected
{
    public static ResponseClassifier Ok { get; } = new StatusCodeClassifier([200]);

    public static ResponseClassifier OkOrNotFound { get; } = new StatusCodeClassifier([200, 404]);

    public static ResponseClassifier Created { get; } = new StatusCodeClassifier([201, 204]);

    public static ResponseClassifier CreatedOrConflict { get; } = new StatusCodeClassifier([201, 204, 409]);

    public static ResponseClassifier NoContent { get; } = new StatusCodeClassifier([204]);

    public static ResponseClassifier NoContentOrNotFound { get; } = new StatusCodeClassifier([204, 404]);

    /// <summary>A transaction is accepted even where it fails.</summary>
    public static ResponseClassifier Accepted { get; } = new StatusCodeClassifier([202]);
}
