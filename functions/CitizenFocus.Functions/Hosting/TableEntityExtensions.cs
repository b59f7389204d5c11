namespace CitizenFocus.Functions.Hosting;

internal static class TableEntityExtensions
{
    /// <exception cref="InvalidDataException">The column is missing: the row was not written by us.</exception>
    public static string Required(this TableEntity entity, string column) =>
        entity.GetString(column) ?? throw new InvalidDataException($"A row has no {column}.");
}
