namespace CitizenFocus.Functions.Email;

/// <summary>Cascades to the components of an e-mail: which of its two parts is being rendered.</summary>
public enum EmailFormat
{
    Html,

    /// <summary>The small markup that <see cref="PlainText"/> reads.</summary>
    Text,
}
