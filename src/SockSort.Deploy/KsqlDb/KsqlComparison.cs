using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>Holds a script against what is on a server.</summary>
/// <remarks>
/// ksqlDB does not keep a statement as it was written: it qualifies columns, spells out <c>*</c> and adds settings. So statements are
/// compared by what they make; by their text only where the planner here does not understand them.
/// </remarks>
internal sealed class KsqlComparison
{
    private const string NotTold = "the server does not tell how it was made";

    private readonly KsqlServerState _state;
    private readonly MetaStore _there = new();
    private readonly Dictionary<string, Definition> _definitions = new(StringComparer.Ordinal);

    private KsqlComparison(KsqlServerState state)
    {
        _state = state;
        foreach (var (name, type) in state.Types)
            _there.PutType(name, new TypeResolver(_there.Types).Resolve(SqlParser.ParseColumns($"c {type}")[0].Type));
        ReadDefinitions();
    }

    public static IReadOnlyList<Finding> Of(KsqlScript script, KsqlServerState state) =>
        new KsqlComparison(state).Compare(script.Statements);

    /// <summary>Reads the server's statements, each when all that it reads from has been read.</summary>
    private void ReadDefinitions()
    {
        var reader = new DefinitionReader(_there);
        var left = _state.Sources.Where(source => source.Value.Length > 0).ToList();
        for (var before = -1; before != left.Count;)
        {
            before = left.Count;
            _ = left.RemoveAll(source => Parse(source.Value) is { } made && Read(reader, source.Key, made));
        }
    }

    private bool Read(DefinitionReader reader, string name, Statement statement)
    {
        if (reader.TryRead(statement) is not { } definition)
            return false;
        _definitions[name] = definition;
        return true;
    }

    private static Statement? Parse(string sql)
    {
        try
        {
            return new SqlParser(new SourceText("server", sql)).Next();
        }
        catch (SqlException)
        {
            return null;
        }
    }

    private List<Finding> Compare(IReadOnlyList<ScriptStatement> statements)
    {
        var here = new MetaStore();
        foreach (var (name, type) in _there.Types)
            here.PutType(name, type);
        foreach (var source in _there.Sources)
            here.Put(source);
        var reader = new DefinitionReader(here);
        return [.. statements.Select(statement => Compare(statement, reader, here))];
    }

    private Finding Compare(ScriptStatement statement, DefinitionReader reader, MetaStore here)
    {
        if (statement.PassedOver is { } reason)
            return new(statement, Presence.Nothing, reason);
        var definition = reader.TryRead(statement.Statement, statement.Properties);
        return statement.Statement switch
        {
            CreateSource create => Source(statement, create.Name, definition),
            CreateAsSelect create => Source(statement, create.Name, definition),
            InsertSelect insert => Insert(statement, insert, definition),
            CreateType create => Type(statement, create, here),
            CreateConnector create => Connector(statement, create),
            _ => new(statement, Presence.Nothing),
        };
    }

    private Finding Source(ScriptStatement statement, string name, Definition? here)
    {
        if (!_state.Sources.TryGetValue(name, out var sql))
            return new(statement, Presence.Absent);
        var query = _state.Queries.Find(query => query.Sinks.Contains(name) && Parse(query.Sql) is CreateAsSelect);
        if (sql.Length == 0)
            return new(statement, Presence.Same, NotTold, query);
        if (TextOf(sql) == TextOf(statement.Statement.Span.Text))
            return new(statement, Presence.Same, "", query);
        if (here is null || !_definitions.TryGetValue(name, out var there))
            return new(statement, Presence.Differs, "its statement there has other words, and cannot be compared by its meaning", query);
        var differences = here.DifferencesFrom(there);
        return new(statement, differences.Length == 0 ? Presence.Same : Presence.Differs, differences, query);
    }

    private Finding Insert(ScriptStatement statement, InsertSelect insert, Definition? here)
    {
        var reader = new DefinitionReader(_there);
        var query = _state.Queries.Find(query => query.Sinks.Contains(insert.Target)
            && (TextOf(query.Sql) == TextOf(insert.Span.Text) || IsSame(here, Parse(query.Sql) as InsertSelect, reader)));
        return new(statement, query is null ? Presence.Absent : Presence.Same, "", query);
    }

    private static bool IsSame(Definition? here, InsertSelect? there, DefinitionReader reader) =>
        here is not null && there is not null && reader.TryRead(there) is { } read && here.DifferencesFrom(read).Length == 0;

    private Finding Type(ScriptStatement statement, CreateType create, MetaStore here)
    {
        var type = new TypeResolver(here.Types).Resolve(create.Type);
        here.PutType(create.Name, type);
        if (!_there.Types.TryGetValue(create.Name, out var there))
            return new(statement, Presence.Absent);
        return there.Equals(type) ? new(statement, Presence.Same) : new(statement, Presence.Differs, $"type: {type} here, {there} there");
    }

    private Finding Connector(ScriptStatement statement, CreateConnector create)
    {
        if (!_state.Connectors.TryGetValue(create.Name, out var there))
            return new(statement, Presence.Absent);
        if (there is null)
            return new(statement, Presence.Same, "the server does not show its settings");
        var differences = SettingDifferences.Between(SourceProperties.TextsOf(create.With), there);
        return new(statement, differences.Length == 0 ? Presence.Same : Presence.Differs, differences);
    }

    private static string TextOf(string sql) => SqlPrinter.OneLine(sql).TrimEnd(';').TrimEnd();
}
