namespace SockSort.Sql.Syntax;

/// <summary>A statement as written, without its semicolon.</summary>
/// <param name="Traits">What kind of statement it is.</param>
public abstract record Statement(SourceSpan Span, StatementTraits Traits)
{
    /// <summary>Traits of statements that make, alter or drop something for good.</summary>
    private protected const StatementTraits Definition = StatementTraits.Defines | StatementTraits.Changes | StatementTraits.Lasts;

    /// <summary>Traits of statements that begin, pause or end something for good.</summary>
    private protected const StatementTraits LastingChange = StatementTraits.Changes | StatementTraits.Lasts;

    /// <summary>Whether it has all of these traits.</summary>
    public bool Is(StatementTraits traits) => (Traits & traits) == traits;
}

public enum ColumnRole
{
    Value,
    Key,
    PrimaryKey,
    Headers,
}

/// <param name="HeaderKey">Name of the header of <c>HEADER('name')</c>; null for all headers.</param>
public sealed record ColumnDefinition(string Name, TypeName Type, ColumnRole Role, string? HeaderKey, SourceSpan Span);

/// <summary>Settings of a <c>WITH</c> clause, names in upper case unless quoted; in the order written.</summary>
public sealed record PropertyList(IReadOnlyList<Property> Items, SourceSpan Span)
{
    public static readonly PropertyList Empty = new([], SourceSpan.None);
}

/// <param name="Value">A literal; others are refused by the parser.</param>
public sealed record Property(string Name, Expression Value, SourceSpan Span);

public sealed record QueryStatement(Query Query, SourceSpan Span)
    : Statement(Span, StatementTraits.GivesRows | StatementTraits.HasQuery);

/// <summary><c>CREATE STREAM|TABLE name (columns) WITH (…)</c>.</summary>
public sealed record CreateSource(
    string Name, bool IsTable, bool OrReplace, bool IfNotExists, bool IsReadOnly, IReadOnlyList<ColumnDefinition> Columns,
    PropertyList With,
    SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, Definition | StatementTraits.ToExist);

/// <summary><c>CREATE STREAM|TABLE name AS SELECT …</c>.</summary>
public sealed record CreateAsSelect(
    string Name, bool IsTable, bool OrReplace, bool IfNotExists, PropertyList With, Query Query, SourceSpan NameSpan,
    SourceSpan Span)
    : Statement(Span, Definition | StatementTraits.ToExist | StatementTraits.HasQuery);

public sealed record InsertSelect(string Target, PropertyList With, Query Query, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, LastingChange | StatementTraits.ToExist | StatementTraits.HasQuery);

public sealed record InsertValues(
    string Target, IReadOnlyList<string> Columns, IReadOnlyList<Expression> Values, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, StatementTraits.Changes | StatementTraits.ToExist);

public sealed record DropSource(string Name, bool IsTable, bool IfExists, bool DeleteTopic, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, Definition);

/// <summary><c>ALTER STREAM|TABLE name ADD COLUMN …</c>.</summary>
public sealed record AlterSource(string Name, bool IsTable, IReadOnlyList<ColumnDefinition> Added, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, Definition);

public enum QueryAction
{
    Terminate,
    Pause,
    Resume,
}

/// <param name="QueryId">Null for <c>ALL</c>.</param>
public sealed record ControlQuery(QueryAction Action, string? QueryId, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, LastingChange);

/// <param name="Value">Null for <c>UNSET</c>.</param>
public sealed record SetProperty(string Name, string? Value, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, StatementTraits.OfSession | StatementTraits.ToExist);

/// <param name="Value">Null for <c>UNDEFINE</c>.</param>
public sealed record DefineVariable(string Name, string? Value, SourceSpan Span)
    : Statement(Span, StatementTraits.OfSession | StatementTraits.ToExist);

public enum ListKind
{
    Topics,
    Streams,
    Tables,
    Queries,
    Properties,
    Connectors,
    ConnectorPlugins,
    Functions,
    Types,
    Variables,
}

/// <param name="Which"><c>SOURCE</c> or <c>SINK</c> of connectors, else null.</param>
public sealed record ListStatement(ListKind Kind, bool All, bool Extended, string? Which, SourceSpan Span)
    : Statement(Span, StatementTraits.None);

public enum DescribeKind
{
    Source,
    Streams,
    Tables,
    Function,
    Connector,
}

public sealed record DescribeStatement(DescribeKind Kind, string? Name, bool Extended, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, StatementTraits.None);

/// <param name="Interval">Prints only each n-th record; null prints all.</param>
public sealed record PrintTopic(string Topic, bool FromBeginning, int? Interval, int? Limit, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, StatementTraits.GivesRows);

/// <summary><c>EXPLAIN</c> of a query id or of a statement: one of the two is null.</summary>
public sealed record ExplainStatement(string? QueryId, Statement? Explained, SourceSpan Span)
    : Statement(Span, StatementTraits.None);

public sealed record CreateConnector(string Name, bool IsSource, bool IfNotExists, PropertyList With, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, LastingChange | StatementTraits.ToExist | StatementTraits.OfConnector);

public sealed record DropConnector(string Name, bool IfExists, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, LastingChange | StatementTraits.OfConnector);

public enum ConnectorAction
{
    Pause,
    Resume,
    Restart,
}

/// <summary><c>PAUSE|RESUME|RESTART CONNECTOR name</c>.</summary>
public sealed record ControlConnector(ConnectorAction Action, string Name, bool IfExists, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, TraitsOf(Action))
{
    // A restart is over when it is done.
    private static StatementTraits TraitsOf(ConnectorAction action) =>
        StatementTraits.OfConnector | (action == ConnectorAction.Restart ? StatementTraits.Changes : LastingChange);
}

public sealed record CreateType(string Name, bool IfNotExists, TypeName Type, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, Definition | StatementTraits.ToExist);

public sealed record DropType(string Name, bool IfExists, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, Definition);

/// <param name="Timeout">How long to wait for it; null for the default of one second.</param>
public sealed record AssertTopic(string Topic, bool Exists, PropertyList With, TimeSpan? Timeout, SourceSpan NameSpan, SourceSpan Span)
    : Statement(Span, StatementTraits.ToExist);
