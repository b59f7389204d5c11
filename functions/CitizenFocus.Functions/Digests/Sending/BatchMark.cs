using CitizenFocus.Functions.Email;
using CitizenFocus.Functions.Email.Senders;

namespace CitizenFocus.Functions.Digests;

/// <summary>A claimed row after the provider was asked.</summary>
internal static class BatchMark
{
    public const string NoDoubles = "Left: bulk mail is not sent twice on a doubt.";

    /// <param name="retryAt">When who was certainly not taken may be tried again.</param>
    public static Subscriber Of(Subscriber claimed, SendOutcome outcome, IEmailSender sender, DateTimeOffset retryAt, DateTimeOffset now)
    {
        var last = claimed.Last! with { UpdatedAt = now };
        return outcome switch
        {
            SendOutcome.Accepted(var id) => claimed with { Last = last with { State = DeliveryState.Accepted, ProviderId = id } },
            SendOutcome.Refused(var reason) => claimed with { Last = last with { State = DeliveryState.Refused, Reason = reason } },
            SendOutcome.Later(_, var reason) => NotTaken(claimed, last, reason, retryAt),
            SendOutcome.RefusedForUs(var reason) => NotTaken(claimed, last, reason, retryAt),
            SendOutcome.Unknown(var reason) => claimed with { Last = Unanswered(last, reason, sender, now) },
            _ => throw new InvalidOperationException("No such outcome."),
        };
    }

    /// <summary>As if it had not been tried; unless an earlier attempt got no answer, which stays to be settled.</summary>
    private static Subscriber NotTaken(Subscriber claimed, DigestDelivery last, string reason, DateTimeOffset retryAt) => last.Unanswered > 0
        ? claimed with { Last = last with { State = DeliveryState.Unknown, Reason = reason, DueAt = retryAt } }
        : claimed with { CoveredUntil = last.CoveredFrom, Last = last with { State = DeliveryState.Later, Reason = reason } };

    private static DigestDelivery Unanswered(DigestDelivery last, string reason, IEmailSender sender, DateTimeOffset now) => last with
    {
        State = DeliveryState.Unknown,
        Unanswered = last.Unanswered + 1,
        Reason = reason,
        Decision = sender.Settlement == UnknownSettlement.ByClass ? NoDoubles : last.Decision,
        DueAt = sender.Settlement switch
        {
            UnknownSettlement.ByClass => null,
            UnknownSettlement.AwaitReport => now + sender.ReportDeadline,
            _ => now + sender.Lease,
        },
    };
}
