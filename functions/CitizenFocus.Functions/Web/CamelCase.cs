using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitizenFocus.Functions.Web;

/// <summary>An enumeration's members as JSON's properties are spelled.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;
