namespace CitizenFocus.Functions.Web;

/// <summary>What an organiser sends as the whole content of one thing: read, judged, and refused in one way for all kinds.</summary>
internal static class ContentBody
{
    /// <param name="validate">Notes every error; its result counts only where there is none.</param>
    /// <returns>The content, or the answer that says what is wrong.</returns>
    public static Task<(T? Content, IResult? Refusal)> ReadAsync<T>(HttpContext context, Func<Submission.Fields, ValidationErrors, T?> validate)
        where T : class => ReadAsync(context, (sent, errors) => Task.FromResult(validate(sent, errors)));

    /// <inheritdoc cref="ReadAsync{T}(HttpContext, Func{Submission.Fields, ValidationErrors, T})"/>
    public static async Task<(T? Content, IResult? Refusal)> ReadAsync<T>(HttpContext context, Func<Submission.Fields, ValidationErrors, Task<T?>> validate)
        where T : class
    {
        switch (await RequestBody.ReadAsync(context, BodyLimits.Content))
        {
            case Submission.Refused(var answer):
                return (null, answer);
            case Submission.Fields sent:
                var errors = new ValidationErrors();
                var content = await validate(sent, errors);
                return errors.Count > 0 || content is null ? (null, Problems.Validation(errors)) : (content, null);
            default:
                return (null, Problems.Of(StatusCodes.Status400BadRequest, "Send the content as JSON"));
        }
    }
}
