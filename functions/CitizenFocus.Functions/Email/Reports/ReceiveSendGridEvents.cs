using System.Buffers;
using System.Text.Json;
using CitizenFocus.Functions.Email.Senders.SendGrid;
using CitizenFocus.Functions.Web;

namespace CitizenFocus.Functions.Email.Reports;

/// <summary>
/// SendGrid's event webhook. It repeats for 24 hours whatever gets no 2xx, so how old a call is proves nothing: a repeat, be
/// it SendGrid's or somebody else's of what they overheard, is known by its events' ids and changes nothing.
/// </summary>
internal sealed partial class ReceiveSendGridEvents(DeliveryReports reports, SendGridOptions options, TimeProvider clock, ILogger<ReceiveSendGridEvents> logger)
{
    public const string FunctionName = "ReceiveSendGridEvents";

    /// <summary>How much one call may bring: several thousand events.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;
    private const int PeopleAtOnce = 16;

    public static void Map(IEndpointRouteBuilder site) =>
        site.MapPost("/hooks/sendgrid", (HttpContext context, ReceiveSendGridEvents hook) => hook.RunAsync(context)).WithName(FunctionName);

    private async Task<IResult> RunAsync(HttpContext context)
    {
        if (options.WebhookPublicKey is not { } key) return Problems.Of(StatusCodes.Status404NotFound, "No events are taken here");

        var headers = context.Request.Headers;
        if (headers[SendGridSignature.SignatureHeader] is not [{ } signature] || headers[SendGridSignature.TimestampHeader] is not [{ } timestamp]) return Forbidden();
        if (context.Request.ContentLength > MaxBytes) return TooLarge();

        var (buffer, length) = (ArrayPool<byte>.Shared.Rent((int)(context.Request.ContentLength + 1 ?? FirstBuffer)), 0);
        try
        {
            // To the end, or to more than is taken.
            int read;
            do
            {
                if (length == buffer.Length) buffer = Enlarge(buffer);
                read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                length += read;
            }
            while (read > 0 && length <= MaxBytes);

            if (length > MaxBytes) return TooLarge();
            var body = buffer.AsMemory(0, length);
            return SendGridSignature.IsValid(key, signature, timestamp, body.Span) ? await TakeAsync(body) : Forbidden();
        }
        finally
        {
            // Addresses are in it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static byte[] Enlarge(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private async Task<IResult> TakeAsync(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return NoArray();
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array) return NoArray();
            var now = clock.GetUtcNow();
            var events = document.RootElement.EnumerateArray().Select(sent => SendGridEvents.Parse(sent, now)).OfType<DeliveryEvent>().ToList();
            var (ours, added) = (0, 0);

            // What is begun is done to its end, though SendGrid may have hung up: the repeat then has less to do.
            await Parallel.ForEachAsync(
                events.GroupBy(e => e.Person),
                new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce },
                async (about, cancellationToken) =>
                {
                    var taken = await reports.TakeAsync(about.Key, about, cancellationToken);
                    Interlocked.Add(ref ours, taken.Ours);
                    Interlocked.Add(ref added, taken.Added);
                });
            Taken(logger, document.RootElement.GetArrayLength(), added, ours - added, document.RootElement.GetArrayLength() - ours);
            return Results.Ok();
        }
    }

    private IResult Forbidden()
    {
        WrongSignature(logger);
        return Problems.Of(StatusCodes.Status403Forbidden, "The signature is not SendGrid's");
    }

    private IResult NoArray()
    {
        Unreadable(logger);
        return Problems.Of(StatusCodes.Status400BadRequest, "A JSON array of events is expected");
    }

    private IResult TooLarge()
    {
        Large(logger, MaxBytes);
        return Problems.Of(StatusCodes.Status413PayloadTooLarge, "That is too much at once", FormattableString.Invariant($"At most {MaxBytes:N0} bytes are taken."));
    }

    [LoggerMessage(1, LogLevel.Information, "SendGrid reported {Events} events: {Added} new ones, {Known} known already, {Ignored} of kinds or mails that are none of ours.")]
    private static partial void Taken(ILogger logger, int events, int added, int known, int ignored);

    [LoggerMessage(2, LogLevel.Warning, "Events were refused: their signature is not SendGrid's.")]
    private static partial void WrongSignature(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Events from SendGrid were refused: they are no JSON array.")]
    private static partial void Unreadable(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Events were refused: they are more than {MaxBytes} bytes.")]
    private static partial void Large(ILogger logger, int maxBytes);
}
