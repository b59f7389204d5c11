using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>
/// Hands e-mails to Azure Communication Services. Every failure is a <see cref="RequestFailedException"/> with the service's
/// status and error code. Safe for use by several threads.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/communication/email/email/send</remarks>
public class EmailClient
{
    /// <summary>With two slashes: the resource's name is an address that ends in one.</summary>
    private const string Scope = "https://communication.azure.com//.default";

    private readonly EmailRestClient _rest;

    /// <summary>For tests that override members.</summary>
    protected EmailClient() => _rest = null!;

    /// <inheritdoc cref="EmailClient(string, EmailClientOptions)"/>
    public EmailClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString"><c>endpoint=https://…;accesskey=…</c>, as the portal shows it.</param>
    /// <param name="options">Transport, retries, version.</param>
    /// <exception cref="InvalidOperationException">The connection string is malformed, or lacks one of the two.</exception>
    public EmailClient(string connectionString, EmailClientOptions? options)
        : this(CommunicationConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint">Such as <c>https://{resource}.communication.azure.com</c>.</param>
    /// <param name="credential">The resource's access key; it may be changed while the client is in use.</param>
    /// <param name="options">Transport, retries, version.</param>
    public EmailClient(Uri endpoint, AzureKeyCredential credential, EmailClientOptions? options = null)
        : this(endpoint, new CommunicationHmacPolicy(credential ?? throw new ArgumentNullException(nameof(credential))), options)
    {
    }

    /// <inheritdoc cref="EmailClient(Uri, AzureKeyCredential, EmailClientOptions)"/>
    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions? options = null)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential ?? throw new ArgumentNullException(nameof(credential)), Scope), options)
    {
    }

    private EmailClient(CommunicationConnectionString parsed, EmailClientOptions? options)
        : this(parsed.Endpoint, new AzureKeyCredential(parsed.AccessKey), options)
    {
    }

    private EmailClient(Uri endpoint, HttpPipelinePolicy authentication, EmailClientOptions? options) =>
        _rest = new(endpoint ?? throw new ArgumentNullException(nameof(endpoint)), authentication, options ?? new());

    /// <summary>Hands an e-mail over, under an operation id of its own.</summary>
    /// <inheritdoc cref="SendAsync(WaitUntil, EmailMessage, Guid, CancellationToken)"/>
    public virtual Task<EmailSendOperation> SendAsync(WaitUntil wait, EmailMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(wait, message, Guid.NewGuid(), cancellationToken);

    /// <summary>Hands an e-mail over.</summary>
    /// <param name="wait">Started: until the service has it. Completed: until it is on its way to the recipient's server.</param>
    /// <param name="message">The e-mail.</param>
    /// <param name="operationId">By which the service names this sending.</param>
    /// <param name="cancellationToken">Leaves open whether it was handed over.</param>
    /// <exception cref="RequestFailedException">Not accepted, or no answer came.</exception>
    public virtual async Task<EmailSendOperation> SendAsync(WaitUntil wait, EmailMessage message, Guid operationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var response = await _rest.SendAsync(message, operationId, cancellationToken).ConfigureAwait(false);
        var operation = new EmailSendOperation(this, EmailSendResult.Read(response.Content).Id, response);
        if (wait == WaitUntil.Completed) await operation.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false);
        return operation;
    }

    internal ValueTask<Response> GetSendResultAsync(string id, CancellationToken cancellationToken) => _rest.GetSendResultAsync(id, cancellationToken);

    internal Response GetSendResult(string id, CancellationToken cancellationToken) => _rest.GetSendResult(id, cancellationToken);
}
