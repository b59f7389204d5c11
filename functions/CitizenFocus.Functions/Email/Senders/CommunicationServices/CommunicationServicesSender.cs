using CitizenFocus.Functions.Email.Quotas;

namespace CitizenFocus.Functions.Email.Senders.CommunicationServices;

/// <summary>Hands e-mails to Azure Communication Services, one at a time: a call for many would show them each other's addresses.</summary>
internal sealed class CommunicationServicesSender(CommunicationServicesOptions options, EmailOptions email, TimeProvider clock) : IEmailSender
{
    /// <summary>The service answers within a second or two as a rule.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(1);

    private readonly AcsEmailClient _client = options.CreateClient(ClientOptions());

    public string Name => EmailProviders.CommunicationServices;

    public UnknownSettlement Settlement => UnknownSettlement.AskThenRepeat;

    public TimeSpan Lease { get; } = LongestAttempt + TimeSpan.FromSeconds(30);

    public SendingRate Rate => options.Rate;

    public string OperationIdOf(string deliveryId) => OperationIds.Of(deliveryId).ToString("D");

    public async Task<SendOutcome> SendAsync(OutgoingEmail outgoing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mail = CommunicationServicesMail.Of(outgoing.Message, email);

        // A service that cuts off what is too long would leave it unknown.
        if (CommunicationServicesMail.OctetsOf(outgoing.Message) > CommunicationServicesMail.MaxOctets) return new SendOutcome.Refused("It is larger than the 10 MB that Communication Services take.");

        using var limit = new CancellationTokenSource(LongestAttempt, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var operation = await _client.SendAsync(WaitUntil.Started, mail, OperationIds.Of(outgoing.DeliveryId), either.Token);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (Exception fault)
        {
            // Whatever it is, an answer that cannot be read included: the request may be out.
            return CommunicationServicesAnswers.OutcomeOf(fault, clock.GetUtcNow());
        }
    }

    public async Task<SendOutcome?> AskAsync(string deliveryId, CancellationToken cancellationToken)
    {
        var operation = new AcsEmailSendOperation(OperationIdOf(deliveryId), _client);
        using var limit = new CancellationTokenSource(LongestAttempt, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Not yet at its end, it is accepted all the same.
            await operation.UpdateStatusAsync(either.Token);
            return new SendOutcome.Accepted(operation.Id);
        }
        catch (RequestFailedException answer) when (operation.HasCompleted)
        {
            return new SendOutcome.Refused($"Communication Services gave it up: {CommunicationServicesAnswers.CodeOf(answer)}");
        }
        catch (RequestFailedException answer) when (answer.Status == 404)
        {
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Unknown($"Communication Services could not be asked: {fault.GetType().Name}");
        }
    }

    private static AcsEmailClientOptions ClientOptions()
    {
        // The ledger repeats, and it must know of each attempt.
        var client = new AcsEmailClientOptions();
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = LongestAttempt * 2;
        return client;
    }
}
