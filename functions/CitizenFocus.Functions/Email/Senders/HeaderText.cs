namespace CitizenFocus.Functions.Email.Senders;

/// <summary>Makes what people typed fit for a header of an e-mail.</summary>
internal static class HeaderText
{
    /// <summary>
    /// One line. What is typed as an encoded word (RFC 2047 section 2) would reach the reader decoded, line breaks and all,
    /// where a library leaves ASCII as it is: a space makes it no such word.
    /// </summary>
    public static string Of(string text) => SingleLine.Of(text).Replace("=?", "= ?", StringComparison.Ordinal);
}
