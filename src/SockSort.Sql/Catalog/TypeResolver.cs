using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>Resolves written types.</summary>
/// <param name="custom">Types made by <c>CREATE TYPE</c>.</param>
public sealed class TypeResolver(IReadOnlyDictionary<string, SqlType> custom)
{
    private static readonly Dictionary<string, SqlType> Simple = new()
    {
        ["BOOLEAN"] = SqlType.Boolean,
        ["INTEGER"] = SqlType.Integer,
        ["INT"] = SqlType.Integer,
        ["BIGINT"] = SqlType.Bigint,
        ["DOUBLE"] = SqlType.Double,
        ["STRING"] = SqlType.String,
        ["VARCHAR"] = SqlType.String,
        ["BYTES"] = SqlType.Bytes,
        ["DATE"] = SqlType.Date,
        ["TIME"] = SqlType.Time,
        ["TIMESTAMP"] = SqlType.Timestamp,
    };

    /// <exception cref="SqlException">There is no type of that name.</exception>
    public SqlType Resolve(TypeName type) => type switch
    {
        { Name: "ARRAY", Arguments.Count: 1 } => SqlType.ArrayOf(Resolve(type.Arguments[0])),
        { Name: "MAP", Arguments.Count: 2 } => SqlType.MapOf(Resolve(type.Arguments[0]), Resolve(type.Arguments[1])),
        { FieldNames.Count: > 0 } => Struct(type),
        { Name: "STRUCT" } => SqlType.StructOf([]),
        { Numbers.Count: 2 } => SqlType.Decimal(type.Numbers[0], type.Numbers[1]),
        _ => Simple.TryGetValue(type.Name, out var known) ? known
            : custom.TryGetValue(type.Name, out known) ? known
            : throw CatalogErrors.UnknownType(
                type.Name, Simple.Keys.Concat(["ARRAY", "MAP", "STRUCT", "DECIMAL"]).Concat(custom.Keys), type.Span),
    };

    private StructType Struct(TypeName type)
    {
        if (type.FieldNames.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw CatalogErrors.FieldTwice(doubled.Key, type.Span);
        return SqlType.StructOf(type.FieldNames.Zip(type.Arguments, (name, field) => new StructField(name, Resolve(field))));
    }
}
