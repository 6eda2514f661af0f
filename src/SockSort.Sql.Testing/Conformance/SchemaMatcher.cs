using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Holds columns as written against those of a stream or table: names, types, which are keys; keys first.</summary>
internal static class SchemaMatcher
{
    public static bool Matches(IReadOnlyList<ColumnDefinition> expected, DataSource source, MetaStore catalog)
    {
        var types = new TypeResolver(catalog.Types);
        var actual = source.Schema.Keys.Select(key => (true, key.Name, key.Type))
            .Concat(source.Schema.Values.Concat(source.Schema.Headers).Select(value => (false, value.Name, value.Type)));
        return expected
            .Select(column => (column.Role is ColumnRole.Key or ColumnRole.PrimaryKey, column.Name, types.Resolve(column.Type)))
            .SequenceEqual(actual);
    }
}
