using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CitizenFocus.AzureClients.Tables;

/// <content>The entity as a dictionary, in which keys, timestamp and ETag are entries too.</content>
public sealed partial class TableEntity
{
    /// <summary>The property's value; null where there is none.</summary>
    /// <remarks>A property that holds a long or a double keeps its type when an int is assigned to it.</remarks>
    public object? this[string key]
    {
        get => Get(key);
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            _properties[key] = (_properties.GetValueOrDefault(key), value) switch
            {
                (long, int number) => (long)number,
                (double, int number) => (double)number,
                _ => value,
            };
        }
    }

    public ICollection<string> Keys => _properties.Keys;

    ICollection<object?> IDictionary<string, object?>.Values => _properties.Values;

    /// <summary>Of all entries: keys, timestamp and ETag count where they are set.</summary>
    public int Count => _properties.Count;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>Sets the property, as the indexer does: no error where it is there already.</summary>
    public void Add(string key, object? value) => this[key] = value;

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _properties.TryGetValue(key, out value);

    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();
}
