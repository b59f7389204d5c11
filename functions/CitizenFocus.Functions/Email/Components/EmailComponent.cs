using CitizenFocus.Functions.Languages;
using Microsoft.AspNetCore.Components;

namespace CitizenFocus.Functions.Email.Components;

/// <summary>A part of an e-mail that has words of its own.</summary>
public abstract class EmailComponent : ComponentBase
{
    [CascadingParameter]
    public EmailLanguage Language { get; set; } = EmailLanguage.English;

    protected Texts Texts => Language.Texts;
}
