using System.Globalization;
using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.PublicApi;

/// <summary>What an assembly offers, a line a member, in words that two assemblies can be compared by.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <param name="types">The types to describe; those not public are left out.</param>
    /// <param name="shorten">Makes names of namespaces comparable.</param>
    /// <returns>Sorted lines, each beginning with its type.</returns>
    public static IReadOnlyList<string> Describe(IEnumerable<Type> types, Func<string, string> shorten) =>
        [.. types.Where(type => type.IsVisible).SelectMany(type => Describe(type, shorten)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Describe(Type type, Func<string, string> shorten)
    {
        var name = Name(type, shorten);
        var bases = type.GetInterfaces().Select(contract => Name(contract, shorten)).Order(StringComparer.Ordinal)
            .Prepend(Name(type.BaseType ?? typeof(object), shorten));
        yield return $"{name} is {Kind(type)} : {string.Join(", ", bases)}";

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic && !field.IsSpecialName))
        {
            yield return $"{name}.{field.Name}" + (type.IsEnum ? $" = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : $" : {Name(field.FieldType, shorten)}");
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsOffered))
        {
            yield return $"{name}.new{Parameters(constructor, shorten)}{Access(constructor)}";
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsOffered(method) && !type.IsEnum))
        {
            yield return $"{name}.{method.Name}{Generics(method, shorten)}{Parameters(method, shorten)} : {Name(method.ReturnType, shorten)}{Access(method)}";
        }
    }

    private static bool IsOffered(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Access(MethodBase method) =>
        (method.IsPublic ? "" : " protected")
        + (method.IsStatic ? " static" : "")
        + (method is { IsVirtual: true, IsFinal: false, IsAbstract: false } ? " virtual" : "");

    private static string Generics(MethodInfo method, Func<string, string> shorten) =>
        method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => $"{argument.Name}:{string.Join('&', Constraints(argument, shorten))}"))}>"
            : "";

    private static IEnumerable<string> Constraints(Type argument, Func<string, string> shorten) =>
        argument.GetGenericParameterConstraints().Select(constraint => Name(constraint, shorten))
            .Prepend(argument.GenericParameterAttributes.ToString());

    private static string Parameters(MethodBase method, Func<string, string> shorten) =>
        $"({string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType, shorten)} {parameter.Name}{Default(parameter)}"))})";

    private static string Default(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: false } => "",
        { RawDefaultValue: null } => " = default",
        _ => string.Create(CultureInfo.InvariantCulture, $" = {parameter.RawDefaultValue}"),
    };

    private static string Name(Type type, Func<string, string> shorten)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!, shorten)}";
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, shorten)}[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var scope = type.DeclaringType is { } outer ? Name(outer, shorten) : shorten(type.Namespace ?? "");
        var name = type.Name.Split('`')[0];
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(argument => Name(argument, shorten)))}>" : "";
        return scope.Length == 0 ? name + arguments : $"{scope}.{name}{arguments}";
    }
}
