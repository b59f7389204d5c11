namespace CitizenFocus.Functions.Web.Components;

/// <param name="Value">What is sent.</param>
/// <param name="Text">What is shown.</param>
/// <param name="Language">The text's language, where it is not the page's.</param>
public sealed record SelectOption(string Value, string Text, string? Language = null);

/// <param name="Label">Heads the group; <see langword="null"/> for options that stand alone.</param>
/// <param name="Options">In the order to be shown in.</param>
public sealed record SelectGroup(string? Label, IReadOnlyList<SelectOption> Options);
