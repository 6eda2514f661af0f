using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>Knows which columns each format can hold.</summary>
internal static class FormatRules
{
    /// <exception cref="SqlException">The format cannot hold these columns.</exception>
    public static void Check(FormatSpec format, IReadOnlyList<SourceColumn> columns, bool isKey, SourceSpan at)
    {
        switch (format.Kind)
        {
            case FormatKind.Kafka:
                CheckKafka(columns, isKey, at);
                break;
            case FormatKind.Delimited:
                if (columns.FirstOrDefault(column => IsNested(column.Type)) is { } nested)
                    throw CatalogErrors.FormatLacksType(format, nested.Type, nested.Name, isKey, at);
                break;
            case FormatKind.Json:
                if (columns.FirstOrDefault(column => HasOddMap(column.Type)) is { } odd)
                    throw CatalogErrors.JsonMapKey(odd.Type, odd.Name, at);
                break;
            default:
                if (columns.Count > 0)
                    throw CatalogErrors.FormatNoneWithColumns(columns, at);
                break;
        }
    }

    /// <summary>Checks WRAP_SINGLE_VALUE, which is for a single column only, and for formats with two ways to write it.</summary>
    /// <exception cref="SqlException">The setting does not fit.</exception>
    public static void CheckWrapping(FormatSpec format, int columns, SourceSpan at)
    {
        if (format.IsWrapped is not { } wrapped)
            return;
        // DELIMITED and KAFKA have a single value bare anyway.
        if (format.Kind != FormatKind.Json && wrapped)
            throw CatalogErrors.CannotWrap(format, wrapped, at);
        if (columns > 1)
            throw CatalogErrors.WrapOfMany(at);
    }

    private static void CheckKafka(IReadOnlyList<SourceColumn> columns, bool isKey, SourceSpan at)
    {
        if (columns.Count > 1)
            throw CatalogErrors.KafkaSingleColumn(columns, isKey, at);
        var isHeld = columns.Count == 0
            || columns[0].Type.Base is SqlBaseType.Integer or SqlBaseType.Bigint or SqlBaseType.Double or SqlBaseType.String
                or SqlBaseType.Bytes;
        if (!isHeld)
            throw CatalogErrors.FormatLacksType(new(FormatKind.Kafka), columns[0].Type, columns[0].Name, isKey, at);
    }

    private static bool IsNested(SqlType type) => type.Base is SqlBaseType.Array or SqlBaseType.Map or SqlBaseType.Struct;

    private static bool HasOddMap(SqlType type) => type switch
    {
        MapType map => map.Key.Base != SqlBaseType.String || HasOddMap(map.Value),
        ArrayType array => HasOddMap(array.Element),
        StructType row => row.Fields.Any(member => HasOddMap(member.Type)),
        _ => false,
    };
}
