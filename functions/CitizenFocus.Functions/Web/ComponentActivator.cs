using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace CitizenFocus.Functions.Web;

/// <summary>
/// Makes components by their parameterless constructors. The framework's own activator compiles an expression tree for
/// each component type, so that constructors can be injected: none of ours has parameters, and the first page of a cold
/// start would wait for a dozen compilations.
/// </summary>
internal sealed class ComponentActivator : IComponentActivator
{
    public IComponent CreateInstance([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type componentType) =>
        (IComponent)Activator.CreateInstance(componentType)!;
}
