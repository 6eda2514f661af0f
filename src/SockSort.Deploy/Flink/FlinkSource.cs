using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Flink;

/// <summary>A stream of the script as a table of Flink.</summary>
/// <param name="Fields">For each column the name of its field in the JSON, which is the column's name in Flink.</param>
internal sealed record FlinkSource(DataSource Source, IReadOnlyDictionary<string, string> Fields, SourceSpan At)
{
    /// <summary>How long late records are waited for; null where no window reads it.</summary>
    public TimeSpan? Grace { get; set; }

    /// <summary>Whether its readers begin with the records that are there; null where nobody reads it.</summary>
    public bool? FromBeginning { get; set; }
}
