using System.Text;

namespace CitizenFocus.Functions.Web;

/// <summary>What visitors type into single-line fields.</summary>
internal static class TypedText
{
    /// <summary>Trimmed and in Unicode's form C; <see langword="null"/> where nothing is left.</summary>
    public static string? Clean(string? typed) =>
        typed is null || !IsUnicode(typed) || string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>No line breaks, no other control characters, no halves of surrogate pairs.</summary>
    public static bool IsSingleLine(string text) => IsUnicode(text) && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    /// <summary>Lines and tabs are fine; other control characters and halves of surrogate pairs are not.</summary>
    public static bool IsText(string text) => IsUnicode(text) && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
