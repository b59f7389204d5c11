namespace CitizenFocus.Functions.Web;

internal static class RequestBody
{
    public const int DefaultLimit = 65_536;

    public static Task<Submission> ReadAsync(HttpContext context, int limitBytes = DefaultLimit) => throw new NotImplementedException();
}
