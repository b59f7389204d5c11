using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace CitizenFocus.Functions.Web;

/// <summary>What became of reading a request's body (<see cref="RequestBody"/>).</summary>
internal abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>
    /// The fields of a form or of a JSON object, by names compared exactly. A name that came twice has all its values;
    /// numbers and booleans of JSON stand as JSON writes them; what is <c>null</c> in JSON is absent. Control characters
    /// and anything else that Unicode holds may be in the values: judging them is the validators'.
    /// </summary>
    public sealed record Fields(IReadOnlyDictionary<string, StringValues> Values, bool IsJson) : Submission
    {
        /// <summary>A field's value; the last where the name came twice, as in JSON.parse; null where it is absent.</summary>
        public string? Text(string name) => Values.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

        /// <summary>All values of a field, as of check boxes that share a name or a JSON array; empty where it is absent.</summary>
        public IReadOnlyList<string> All(string name) => Values.TryGetValue(name, out var values) ? [.. values.Select(value => value ?? "")] : [];

        /// <summary>The field was sent, perhaps as a list with nothing in it.</summary>
        public bool Has(string name) => Values.ContainsKey(name);

        /// <summary>
        /// What the fields of each object in a list begin with, in the list's order: <c>questions.0</c> for
        /// <c>questions.0.text</c>. A form may leave a number out.
        /// </summary>
        public IReadOnlyList<string> Items(string name)
        {
            var numbers = new SortedSet<int>();
            foreach (var field in Values.Keys)
            {
                if (!field.StartsWith(name, StringComparison.Ordinal) || field.Length <= name.Length + 1 || field[name.Length] != '.') continue;
                var digits = field.AsSpan(name.Length + 1);
                if (digits.IndexOf('.') is >= 0 and var end) digits = digits[..end];
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            }

            return [.. numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"))];
        }

        /// <summary>A ticked check box, or <c>true</c> in JSON.</summary>
        public bool IsTicked(string name) => Text(name) is "true" or "on" or "1" or "yes";
    }

    /// <summary>A simple robot filled in the form. Answer as if all were well, and write nothing.</summary>
    public sealed record Robot : Submission;

    /// <summary>There is no submission to speak of, and this is the answer to it.</summary>
    public sealed record Refused(IResult Answer) : Submission;
}
