using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;
using CitizenFocus.AzureClients.Queues.Models;
using CitizenFocus.AzureClients.Storage;

namespace CitizenFocus.AzureClients.Queues;

/// <remarks>https://learn.microsoft.com/rest/api/storageservices/operations-on-messages</remarks>
public partial class QueueClient
{
    private const string MessagesPath = "/messages";

    /// <inheritdoc cref="SendMessageAsync(BinaryData, TimeSpan?, TimeSpan?, CancellationToken)"/>
    public virtual Task<Response<SendReceipt>> SendMessageAsync(string messageText) =>
        SendMessageAsync(messageText, null);

    /// <inheritdoc cref="SendMessageAsync(BinaryData, TimeSpan?, TimeSpan?, CancellationToken)"/>
    public virtual Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default) =>
        SendMessageAsync(messageText, null, cancellationToken: cancellationToken);

    /// <inheritdoc cref="SendMessageAsync(BinaryData, TimeSpan?, TimeSpan?, CancellationToken)"/>
    public virtual Task<Response<SendReceipt>> SendMessageAsync(
        string messageText,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default) =>
        SendMessageAsync(new BinaryData(messageText ?? ""), visibilityTimeout, timeToLive, cancellationToken);

    /// <summary>Puts a message at the end of the queue. A retry after a lost answer can put it there twice.</summary>
    /// <param name="message">At most 64 KiB after encoding, so 48 KiB as base64.</param>
    /// <param name="visibilityTimeout">For how long nobody receives it: whole seconds, up to 7 days; by default not at all.</param>
    /// <param name="timeToLive">After how many whole seconds it goes away: by default 7 days; −1 second means never.</param>
    /// <param name="cancellationToken">Gives up waiting; the message may have been sent.</param>
    /// <exception cref="RequestFailedException">413, RequestBodyTooLarge, before it is sent; 404, QueueNotFound.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/put-message</remarks>
    public virtual async Task<Response<SendReceipt>> SendMessageAsync(
        BinaryData message,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default)
    {
        using var httpMessage = CreateMessage(RequestMethod.Post, MessagesPath);
        AppendSeconds(httpMessage.Request.Uri, "visibilitytimeout", visibilityTimeout);
        AppendSeconds(httpMessage.Request.Uri, "messagettl", timeToLive);
        SetBody(httpMessage.Request, message);
        var response = await SendAsync(httpMessage, cancellationToken);
        return response.Status switch
        {
            201 => Response.FromValue(QueueMessageXml.ReadSendReceipt(response.Content), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <inheritdoc cref="ReceiveMessagesAsync(int?, TimeSpan?, CancellationToken)"/>
    public virtual Task<Response<QueueMessage[]>> ReceiveMessagesAsync() => ReceiveMessagesAsync(null);

    /// <inheritdoc cref="ReceiveMessagesAsync(int?, TimeSpan?, CancellationToken)"/>
    public virtual Task<Response<QueueMessage[]>> ReceiveMessagesAsync(CancellationToken cancellationToken = default) =>
        ReceiveMessagesAsync(null, cancellationToken: cancellationToken);

    /// <summary>Takes messages from the front of the queue; whoever does not delete them in time gives them back.</summary>
    /// <param name="maxMessages">1 to 32, by default 1.</param>
    /// <param name="visibilityTimeout">For how long nobody else receives them: 1 second to 7 days, by default 30 seconds.</param>
    /// <param name="cancellationToken">Gives up waiting; messages may have become invisible.</param>
    /// <returns>None where the queue has none to receive.</returns>
    /// <exception cref="FormatException">A message is not the base64 that the options promise; all stay invisible for the timeout.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/get-messages</remarks>
    public virtual async Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
        int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Get, MessagesPath);
        AppendNumber(message.Request.Uri, "numofmessages", maxMessages);
        AppendSeconds(message.Request.Uri, "visibilitytimeout", visibilityTimeout);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(QueueMessageXml.ReadMessages(response.Content, _configuration.MessageEncoding), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Takes one message from the front of the queue.</summary>
    /// <returns>A value of <see langword="null"/> where there is none.</returns>
    /// <inheritdoc cref="ReceiveMessagesAsync(int?, TimeSpan?, CancellationToken)"/>
    public virtual async Task<Response<QueueMessage>> ReceiveMessageAsync(
        TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        var messages = await ReceiveMessagesAsync(1, visibilityTimeout, cancellationToken);
        return Response.FromValue(messages.Value.FirstOrDefault()!, messages.GetRawResponse());
    }

    /// <summary>Looks at messages from the front of the queue and leaves them there.</summary>
    /// <param name="maxMessages">1 to 32, by default 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="FormatException">A message is not the base64 that the options promise.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/peek-messages</remarks>
    public virtual async Task<Response<PeekedMessage[]>> PeekMessagesAsync(
        int? maxMessages = null, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Get, MessagesPath);
        message.Request.Uri.AppendQuery("peekonly", "true");
        AppendNumber(message.Request.Uri, "numofmessages", maxMessages);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            200 => Response.FromValue(QueueMessageXml.ReadPeekedMessages(response.Content, _configuration.MessageEncoding), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Looks at the message at the front of the queue and leaves it there.</summary>
    /// <returns>A value of <see langword="null"/> where there is none.</returns>
    public virtual async Task<Response<PeekedMessage>> PeekMessageAsync(CancellationToken cancellationToken = default)
    {
        var messages = await PeekMessagesAsync(1, cancellationToken);
        return Response.FromValue(messages.Value.FirstOrDefault()!, messages.GetRawResponse());
    }

    /// <inheritdoc cref="UpdateMessageAsync(string, string, BinaryData, TimeSpan, CancellationToken)"/>
    public virtual Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId,
        string popReceipt,
        string? messageText = null,
        TimeSpan visibilityTimeout = default,
        CancellationToken cancellationToken = default) =>
        UpdateMessageAsync(messageId, popReceipt, messageText is null ? null : new BinaryData(messageText), visibilityTimeout, cancellationToken);

    /// <summary>Changes when a received message is visible again, and its body.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="popReceipt">Its receipt from the last time it was received or updated.</param>
    /// <param name="message">The body from now on; <see langword="null"/> leaves it.</param>
    /// <param name="visibilityTimeout">For how long from now on nobody receives it: whole seconds, up to 7 days; zero: at once.</param>
    /// <param name="cancellationToken">Gives up waiting; the message may have been changed.</param>
    /// <returns>The receipt to use from now on.</returns>
    /// <exception cref="RequestFailedException">404, MessageNotFound; 400, PopReceiptMismatch; 413, RequestBodyTooLarge.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/update-message</remarks>
    public virtual async Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId,
        string popReceipt,
        BinaryData? message,
        TimeSpan visibilityTimeout = default,
        CancellationToken cancellationToken = default)
    {
        using var httpMessage = CreateMessage(RequestMethod.Put, PathOf(messageId));
        httpMessage.Request.Uri.AppendQuery("popreceipt", popReceipt);
        AppendSeconds(httpMessage.Request.Uri, "visibilitytimeout", visibilityTimeout);
        if (message is not null)
        {
            SetBody(httpMessage.Request, message);
        }

        var response = await SendAsync(httpMessage, cancellationToken);
        return response.Status switch
        {
            204 => Response.FromValue(UpdateReceipt.From(response.Headers), response),
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes a message that was received.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <param name="popReceipt">Its receipt from the last time it was received or updated.</param>
    /// <param name="cancellationToken">Gives up waiting; the message may have been deleted.</param>
    /// <exception cref="RequestFailedException">404, MessageNotFound; 400, PopReceiptMismatch: somebody else received it.</exception>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/delete-message2</remarks>
    public virtual async Task<Response> DeleteMessageAsync(
        string messageId, string popReceipt, CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Delete, PathOf(messageId));
        message.Request.Uri.AppendQuery("popreceipt", popReceipt);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            204 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Deletes all messages.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/clear-messages</remarks>
    public virtual async Task<Response> ClearMessagesAsync(CancellationToken cancellationToken = default)
    {
        using var message = CreateMessage(RequestMethod.Delete, MessagesPath);
        var response = await SendAsync(message, cancellationToken);
        return response.Status switch
        {
            204 => response,
            _ => throw new RequestFailedException(response),
        };
    }

    private static string PathOf(string messageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        return $"{MessagesPath}/{Uri.EscapeDataString(messageId)}";
    }

    private static void AppendSeconds(RequestUriBuilder uri, string name, TimeSpan? duration) =>
        AppendNumber(uri, name, (long?)duration?.TotalSeconds);

    private static void AppendNumber(RequestUriBuilder uri, string name, long? number)
    {
        if (number is not null)
        {
            uri.AppendQuery(name, number.Value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void SetBody(Request request, BinaryData body)
    {
        var text = _configuration.MessageEncoding == QueueMessageEncoding.Base64
            ? Convert.ToBase64String(body.ToMemory().Span)
            : body.ToString();
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MessageMaxBytes)
        {
            throw StorageErrors.RequestBodyTooLarge(bytes, MessageMaxBytes);
        }

        request.Headers.SetValue("Content-Type", "application/xml");
        request.Content = RequestContent.Create(QueueMessageXml.Write(text));
    }
}
