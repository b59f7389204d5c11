namespace CitizenFocus.Functions.Digests;

/// <summary>How often a subscriber hears. The names are stored.</summary>
public enum DigestCadence
{
    Weekly,

    /// <summary>On the month's first digest day.</summary>
    Monthly,
}
