using Microsoft.AspNetCore.Components;

namespace CitizenFocus.Functions.Web.Components;

/// <summary>What all form fields share: their ids, and how hint and error belong to the control.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The name under which the value is sent.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>A hint with markup, such as a link: inside the label that would be a target within a target.</summary>
    [Parameter]
    public RenderFragment? HintContent { get; set; }

    /// <summary>What is wrong with the value, and how to mend it.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    /// <summary>Tells apart fields of one name where a page has more than one form.</summary>
    [Parameter]
    public string? IdPrefix { get; set; }

    internal bool HasHint => Hint is not null || HintContent is not null;

    public string Id => IdOf(Name, IdPrefix);

    public string HintId => Id + "-hint";

    public string ErrorId => Id + "-error";

    /// <summary>The error first: whoever comes back to a field wants to hear that before the hint.</summary>
    protected string? DescribedBy => (Error is not null, HasHint) switch
    {
        (false, false) => null,
        (false, true) => HintId,
        (true, false) => ErrorId,
        (true, true) => ErrorId + " " + HintId,
    };

    protected string? Invalid => Error is null ? null : "true";

    /// <summary>The id of a field's control, which an error summary links to.</summary>
    internal static string IdOf(string name, string? prefix) => (prefix ?? "field") + "-" + name;
}
