namespace CitizenFocus.AzureClients.Tables;

/// <summary>
/// The names of the service's types, and the suffix of the property that tells one.
/// https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations
/// </summary>
internal static class EdmType
{
    /// <summary>After a property's name: the type of that property, where its JSON does not tell.</summary>
    public const string Annotation = "@odata.type";

    public static ReadOnlySpan<byte> AnnotationUtf8 => "@odata.type"u8;

    public static ReadOnlySpan<byte> Binary => "Edm.Binary"u8;

    public static ReadOnlySpan<byte> Boolean => "Edm.Boolean"u8;

    public static ReadOnlySpan<byte> DateTime => "Edm.DateTime"u8;

    public static ReadOnlySpan<byte> Double => "Edm.Double"u8;

    public static ReadOnlySpan<byte> Guid => "Edm.Guid"u8;

    public static ReadOnlySpan<byte> Int32 => "Edm.Int32"u8;

    public static ReadOnlySpan<byte> Int64 => "Edm.Int64"u8;

    public static ReadOnlySpan<byte> String => "Edm.String"u8;
}
