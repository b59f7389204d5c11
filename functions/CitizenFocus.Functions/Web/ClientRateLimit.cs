namespace CitizenFocus.Functions.Web;

internal sealed class ClientRateLimit
{
    public TimeSpan? TryTake(string scope, HttpContext client, int perMinute) => throw new NotImplementedException();
}
