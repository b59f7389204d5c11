using System.Diagnostics.CodeAnalysis;
using System.Net;
using CitizenFocus.Functions.Email.Components;
using CitizenFocus.Functions.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace CitizenFocus.Functions.Email;

/// <summary>An e-mail's words: one line, an HTML document, and the same as plain text.</summary>
/// <param name="Language">BCP 47; of both parts.</param>
internal sealed record RenderedEmail(string Subject, string Html, string Text, string Language)
{
    /// <summary>The e-mail with these words, by the id that its key gives it.</summary>
    public EmailMessage To(EmailAddress address, PersonId person, DeliveryKey key, EmailOptions options, DateTimeOffset date) => new()
    {
        To = address,
        Subject = Subject,
        Html = Html,
        Text = Text,
        Language = Language,
        MessageId = $"{key.DeliveryIdFor(person)}@{options.MessageIdDomain}",
        Date = date,
    };
}

/// <summary>Renders an e-mail's one Razor component, an <see cref="EmailLayout"/> with its content, to both of its parts.</summary>
internal sealed class EmailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    private const DynamicallyAccessedMemberTypes ByReflection = DynamicallyAccessedMemberTypes.All; // As Blazor asks of components.

    /// <param name="parameters">The component's.</param>
    /// <param name="language">What the component's words are in; <see langword="null"/>: English.</param>
    /// <exception cref="InvalidOperationException">The component has no <see cref="EmailLayout"/>.</exception>
    public async Task<RenderedEmail> RenderAsync<[DynamicallyAccessedMembers(ByReflection)] TComponent>(
        IDictionary<string, object?> parameters, EmailLanguage? language = null)
        where TComponent : IComponent
    {
        language ??= EmailLanguage.English;
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = await RenderAsync<TComponent>(renderer, EmailFormat.Html, language, parameters);
            var markup = await RenderAsync<TComponent>(renderer, EmailFormat.Text, language, parameters);
            var subject = PlainText.Elements(markup, "subject").FirstOrDefault()
                ?? throw new InvalidOperationException($"{typeof(TComponent).Name} has no EmailLayout.");
            return new RenderedEmail(SingleLine.Of(WebUtility.HtmlDecode(subject)), html, PlainText.From(markup), language.Tag);
        });
    }

    private static async Task<string> RenderAsync<[DynamicallyAccessedMembers(ByReflection)] TComponent>(
        HtmlRenderer renderer, EmailFormat format, EmailLanguage language, IDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        var root = await renderer.RenderComponentAsync<FormatRoot<TComponent>>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(FormatRoot<>.Format)] = format,
            [nameof(FormatRoot<>.Language)] = language,
            [nameof(FormatRoot<>.Parameters)] = parameters,
        }));
        return root.ToHtmlString();
    }

    /// <summary>Cascades format and language to the e-mail's components.</summary>
    private sealed class FormatRoot<[DynamicallyAccessedMembers(ByReflection)] TComponent> : ComponentBase
        where TComponent : IComponent
    {
        [Parameter]
        public EmailFormat Format { get; set; }

        [Parameter]
        public EmailLanguage Language { get; set; } = EmailLanguage.English;

        [Parameter]
        public IDictionary<string, object?> Parameters { get; set; } = new Dictionary<string, object?>();

        protected override void BuildRenderTree(RenderTreeBuilder builder) => Cascade(builder, Format, format => Cascade(format, Language, language =>
        {
            language.OpenComponent<TComponent>(0);
            foreach (var (name, value) in Parameters) language.AddComponentParameter(1, name, value);
            language.CloseComponent();
        }));

        private static void Cascade<TValue>(RenderTreeBuilder builder, TValue value, RenderFragment content)
        {
            builder.OpenComponent<CascadingValue<TValue>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), value);
            builder.AddComponentParameter(2, nameof(CascadingValue<>.IsFixed), true);
            builder.AddComponentParameter(3, nameof(CascadingValue<>.ChildContent), content);
            builder.CloseComponent();
        }
    }
}
