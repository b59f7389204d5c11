using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CitizenFocus.Functions.Web.Components;

/// <summary>A heading whose level depends on where it stands: a card's is one below its section's.</summary>
public sealed class Heading : ComponentBase
{
    [Parameter, EditorRequired]
    public int Level { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, Level switch
        {
            2 => "h2",
            3 => "h3",
            4 => "h4",
            _ => throw new InvalidOperationException("A heading inside a page has the level 2, 3 or 4; the h1 is the page's."),
        });
        builder.AddContent(1, ChildContent);
        builder.CloseElement();
    }
}
