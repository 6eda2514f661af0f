using System.Text.Json;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Dashboard.Watching;

/// <summary>
/// The names that the page's editor offers while somebody types, as JSON. The page has all of them, and chooses by itself: no answer of the
/// server can come too late for what was typed since.
/// </summary>
internal static class SqlNames
{
    private static readonly JsonSerializerOptions Short = new(JsonSerializerDefaults.Web);

    /// <summary>Words and functions, which are always the same.</summary>
    public static string Fixed { get; } = JsonSerializer.Serialize(
        new { words = SqlWords.All, functions = FunctionRegistry.BuiltIn.Names }, Short);

    /// <summary>What exists at the moment; equal text where nothing has changed.</summary>
    public static string Of(EngineSnapshot now) => JsonSerializer.Serialize(
        new
        {
            sources = now.Sources.OrderBy(source => source.Name, StringComparer.Ordinal).Select(Described),
            topics = now.Topics.Value.Select(topic => topic.Name).Order(StringComparer.Ordinal),
            queries = now.Queries.Select(query => query.Id).Order(StringComparer.Ordinal)
                .Select(id => new { name = id, written = SqlPrinter.Name(id) }),
        },
        Short);

    private static object Described(DataSource source) => new
    {
        name = source.Name,
        written = SqlPrinter.Name(source.Name),
        kind = source.KindName,
        columns = source.Schema.InOrder.Select(column => column.Name).Concat(PseudoColumnsOf(source))
            .Select(name => new { name, written = SqlPrinter.Name(name) }),
    };

    private static string[] PseudoColumnsOf(DataSource source) => source.Window is null
        ? [PseudoColumns.RowTime]
        : [PseudoColumns.RowTime, PseudoColumns.WindowStart, PseudoColumns.WindowEnd];
}
