using System.Collections;

namespace CitizenFocus.Functions.Web;

/// <param name="Field">The form field's name, which is also the JSON property's.</param>
/// <param name="Message">For the person who filled in the form: what to do, not what is wrong.</param>
public sealed record ValidationError(string Field, string Message);

/// <summary>Everything that is wrong with a submission, in the order of the form. Empty: nothing is.</summary>
public sealed class ValidationErrors : IReadOnlyCollection<ValidationError>
{
    private readonly List<ValidationError> _errors = [];

    public int Count => _errors.Count;

    /// <summary>The first message for a field, <see langword="null"/> where it has none.</summary>
    public string? this[string field] => _errors.Find(error => error.Field == field)?.Message;

    public void Add(string field, string message) => _errors.Add(new(field, message));

    public IEnumerator<ValidationError> GetEnumerator() => _errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
