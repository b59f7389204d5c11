namespace CitizenFocus.Functions.Hosting;

/// <summary>A row as it was read, with the ETag that guards its next change.</summary>
internal sealed record Stored<T>(T Value, ETag ETag);
