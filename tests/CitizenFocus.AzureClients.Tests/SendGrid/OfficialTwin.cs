using System.Collections;
using System.Reflection;

namespace CitizenFocus.AzureClients.Tests.SendGrid;

/// <summary>Makes of one of our objects the official one that is set in the same way.</summary>
internal static class OfficialTwin
{
    public static object? Of(object? ours, Type official)
    {
        if (ours is null || official.IsInstanceOfType(ours)) return ours;
        var twin = Activator.CreateInstance(official)!;
        if (ours is IEnumerable items)
        {
            var list = (IList)twin;
            foreach (var item in items) list.Add(Of(item, official.GetGenericArguments()[0]));
            return twin;
        }

        foreach (var property in ours.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(ours) is not { } value) continue;
            var same = official.GetProperty(property.Name)!;
            same.SetValue(twin, Of(value, same.PropertyType));
        }

        return twin;
    }
}
