using Azure;

namespace CitizenFocus.AzureClients.CommunicationEmail;

/// <summary>One sending, as the service follows it. Completed, the e-mail is on its way; whether it arrived is told by delivery reports.</summary>
public class EmailSendOperation : Operation<EmailSendResult>
{
    private static readonly TimeSpan DefaultPollingInterval = TimeSpan.FromSeconds(5);

    private readonly EmailClient _client;
    private Response? _response;
    private EmailSendResult? _value;
    private RequestFailedException? _failure;

    /// <param name="id">As it was sent, or as an earlier <see cref="EmailSendOperation"/> had it.</param>
    /// <param name="client">By which it is asked for.</param>
    public EmailSendOperation(string id, EmailClient client)
        : this(client, id, null)
    {
    }

    internal EmailSendOperation(EmailClient client, string id, Response? response) => (_client, Id, _response) = (client, id, response);

    /// <summary>For tests that override members.</summary>
    protected EmailSendOperation() => (_client, Id) = (null!, null!);

    public override string Id { get; }

    /// <summary>Whether it went well or ill: in both cases nothing more will change.</summary>
    public override bool HasCompleted => _value is not null || _failure is not null;

    /// <summary>Whether it went well.</summary>
    public override bool HasValue => _value is not null;

    /// <exception cref="InvalidOperationException">It has not completed yet.</exception>
    /// <exception cref="RequestFailedException">It went ill.</exception>
    public override EmailSendResult Value => _value ?? throw (Exception?)_failure ?? new InvalidOperationException("The operation has not completed yet.");

    /// <exception cref="InvalidOperationException">The service was not asked yet.</exception>
    public override Response GetRawResponse() => _response ?? throw new InvalidOperationException("The service was not asked yet: call UpdateStatus first.");

    /// <inheritdoc cref="UpdateStatusAsync"/>
    public override Response UpdateStatus(CancellationToken cancellationToken = default) =>
        HasCompleted ? GetRawResponse() : Update(_client.GetSendResult(Id, cancellationToken));

    /// <summary>Asks how far it has come.</summary>
    /// <exception cref="RequestFailedException">404: there is no such operation. 200: it went ill, as the error code says.</exception>
    public override async ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        HasCompleted ? GetRawResponse() : Update(await _client.GetSendResultAsync(Id, cancellationToken).ConfigureAwait(false));

    public override Response<EmailSendResult> WaitForCompletion(CancellationToken cancellationToken = default) =>
        base.WaitForCompletion(DefaultPollingInterval, cancellationToken);

    public override Response<EmailSendResult> WaitForCompletion(TimeSpan suggestedPollingInterval, CancellationToken cancellationToken) =>
        base.WaitForCompletion(suggestedPollingInterval, cancellationToken);

    public override ValueTask<Response<EmailSendResult>> WaitForCompletionAsync(CancellationToken cancellationToken = default) =>
        base.WaitForCompletionAsync(DefaultPollingInterval, cancellationToken);

    public override ValueTask<Response<EmailSendResult>> WaitForCompletionAsync(TimeSpan suggestedPollingInterval, CancellationToken cancellationToken) =>
        base.WaitForCompletionAsync(suggestedPollingInterval, cancellationToken);

    private Response Update(Response response)
    {
        _response = response;
        var result = EmailSendResult.Read(response.Content);
        if (result.Status == EmailSendStatus.Succeeded) _value = result;
        if (result.Status == EmailSendStatus.Failed || result.Status == EmailSendStatus.Canceled) throw _failure = new RequestFailedException(response);
        return response;
    }
}
