using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Flink;

/// <summary>A stream of the script as a table of Flink.</summary>
/// <param name="Fields">For each column the name of its field in the JSON, which is the column's name in Flink.</param>
internal sealed record FlinkSource(DataSource Source, IReadOnlyDictionary<string, string> Fields, SourceSpan At)
{
    /// <summary>The columns of the table in Flink, without the record's time.</summary>
    public IEnumerable<string> Columns => Source.Schema.Keys.Concat(Source.Schema.Values).Select(column => Fields[column.Name]);
}
