using SockSort.Sql.Catalog;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Engine;

/// <summary>The views of tables that pull queries have asked for. Used under the engine's lock only.</summary>
internal sealed class TableViews(EngineCore core)
{
    private readonly Dictionary<string, TableView> _views = new(StringComparer.Ordinal);

    /// <summary>The view of a table as it is now: one that was dropped and made again has neither the old one's rows nor its form.</summary>
    /// <exception cref="SqlException">The query that wrote it was terminated: nobody knows any more which rows of the topic are its own.</exception>
    public TableView Of(DataSource table, SourceSpan at)
    {
        foreach (var old in _views.Values.Where(view => !ReferenceEquals(core.Meta.Find(view.Table.Name), view.Table)).ToList())
            Forget(old);
        var writer = core.PersistentQueries.FirstOrDefault(query => query.Id == table.QueryId);
        if (table.QueryId is { } id && writer is null)
            throw SqlErrors.TableOfNoQuery(table.Name, id, at);
        // The first row of the query that writes it now.
        var begin = writer?.Output?.Begin ?? 0;
        if (!_views.TryGetValue(table.Name, out var view) || view.Begin != begin)
            _views[table.Name] = view = new(table, core.Topics, begin, core.Memory);
        return view;
    }

    /// <summary>What the rows of all take, roughly.</summary>
    public long Bytes => _views.Values.Sum(view => view.Bytes);

    /// <summary>Makes room; a pull query that asks again reads its topic again.</summary>
    public void ForgetAll()
    {
        foreach (var view in _views.Values.ToList())
            Forget(view);
    }

    private void Forget(TableView view)
    {
        view.Forget();
        _ = _views.Remove(view.Table.Name);
    }
}
