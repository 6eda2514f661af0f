using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>The streams, tables and types that exist; names are case-sensitive (the parser has upper-cased the bare ones).</summary>
public sealed class MetaStore
{
    private readonly Dictionary<string, DataSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqlType> _types = new(StringComparer.Ordinal);

    public IEnumerable<DataSource> Sources => _sources.Values.OrderBy(source => source.Name, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, SqlType> Types => _types;

    public DataSource? Find(string name) => _sources.GetValueOrDefault(name);

    /// <summary>As <see cref="Find"/>, and what is there without having been made.</summary>
    public DataSource? FindOrBuiltIn(string name) => Find(name) ?? (name == ProcessingLog.Source.Name ? ProcessingLog.Source : null);

    /// <summary>As <see cref="FindOrBuiltIn"/>, of a name in a statement.</summary>
    /// <exception cref="SqlException">There is none of that name.</exception>
    public DataSource Get(string name, SourceSpan at) => FindOrBuiltIn(name) ?? throw NotFound(name, at);

    /// <summary>The mistake of a statement that names a stream or table that does not exist.</summary>
    public SqlException NotFound(string name, SourceSpan at) =>
        CatalogErrors.SourceNotFound(name, Sources.Select(source => source.Name), at);

    public void Put(DataSource source) => _sources[source.Name] = source;

    public void Remove(string name) => _sources.Remove(name);

    public void PutType(string name, SqlType type) => _types[name] = type;

    public bool RemoveType(string name) => _types.Remove(name);
}
