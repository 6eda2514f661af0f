using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Parses statements by their first word; <see cref="CreateParser"/> parses those that create something.</summary>
internal sealed class StatementParser
{
    // Words that begin a statement and no query id.
    private static readonly string[] Statements =
        [
            "SELECT", "CREATE", "INSERT", "DROP", "ALTER", "TERMINATE", "PAUSE", "RESUME", "RESTART", "SET", "UNSET", "DEFINE", "UNDEFINE",
            "SHOW", "LIST", "DESCRIBE", "PRINT", "EXPLAIN", "ASSERT",
        ];

    private readonly TokenCursor _cursor;
    private readonly ExpressionParser _expressions;
    private readonly QueryParser _queries;
    private readonly CreateParser _creates;

    public StatementParser(TokenCursor cursor, IReadOnlyDictionary<string, string> variables)
    {
        _ = variables;
        _cursor = cursor;
        _expressions = new(cursor);
        _queries = new(cursor, _expressions);
        _creates = new(cursor, _expressions, _queries);
    }

    public Statement Statement()
    {
        var statement = Unended();
        if (!_cursor.AtEnd && !_cursor.TryTake(";"))
            throw ParsingErrors.NotTheEnd(_cursor.Current, _cursor.Previous);
        return statement;
    }

    public IReadOnlyList<ColumnDefinition> Columns() => _creates.Columns();

    /// <summary>A stream or table as <c>ASSERT STREAM|TABLE</c> describes it.</summary>
    public CreateSource Described(Token start) => _creates.Described(start);

    private Statement Unended()
    {
        var start = _cursor.Current;
        return start.Kind != TokenKind.Word ? throw ParsingErrors.UnknownStatement(start) : start.Text switch
        {
            "SELECT" => new QueryStatement(_queries.Query(), start.Span.To(_cursor.Previous.Span)),
            "CREATE" => _creates.Create(),
            "INSERT" => Insert(start),
            "DROP" => Drop(start),
            "ALTER" => Alter(start),
            "TERMINATE" => Control(QueryAction.Terminate, start),
            "PAUSE" => IsOfConnector() ? Control(ConnectorAction.Pause, start) : Control(QueryAction.Pause, start),
            "RESUME" => IsOfConnector() ? Control(ConnectorAction.Resume, start) : Control(QueryAction.Resume, start),
            "RESTART" => Control(ConnectorAction.Restart, start),
            "SET" => Set(start),
            "UNSET" => Unset(start),
            "DEFINE" => Define(start),
            "UNDEFINE" => Undefine(start),
            "SHOW" or "LIST" => List(start),
            "DESCRIBE" => Describe(start),
            "PRINT" => Print(start),
            "EXPLAIN" => Explain(start),
            "ASSERT" => Assert(start),
            _ => throw ParsingErrors.UnknownStatement(start),
        };
    }

    private Statement Insert(Token start)
    {
        _ = _cursor.Take();
        _ = _cursor.Expect("INTO");
        var (name, span) = Name("a stream or table");
        if (_cursor.Is("WITH") || _cursor.Is("SELECT"))
        {
            var with = _cursor.Is("WITH") ? _creates.Properties() : PropertyList.Empty;
            return new InsertSelect(name, with, _queries.Query(), span, Since(start));
        }
        return Row(name, span, start, "VALUES", "VALUES or SELECT");
    }

    /// <summary>A source's name, columns, and values behind a word; of <c>ASSERT VALUES</c> too.</summary>
    public InsertValues Row(Token start, string behind)
    {
        var (name, span) = Name("a stream or table");
        return Row(name, span, start, behind, behind);
    }

    private InsertValues Row(string name, SourceSpan span, Token start, string behind, string expected)
    {
        var columns = new List<string>();
        if (_cursor.TryTake("("))
        {
            do
                columns.Add(_cursor.Identifier($"a column name; values stand behind {behind}"));
            while (_cursor.TryTake(","));
            _ = _cursor.Expect(")", "',' or ')'");
        }
        _ = _cursor.Expect(behind, expected);
        _ = _cursor.Expect("(", $"'(' and the values: {behind} ('a', 1)");
        var values = new List<Expression>();
        do
            values.Add(_expressions.Expression());
        while (_cursor.TryTake(","));
        _ = _cursor.Expect(")");
        return new(name, columns, values, span, Since(start));
    }

    private Statement Drop(Token start)
    {
        _ = _cursor.Take();
        var kind = _cursor.Take();
        if (!kind.Is("STREAM") && !kind.Is("TABLE") && !kind.Is("CONNECTOR") && !kind.Is("TYPE"))
            throw ParsingErrors.NotExpected(kind, "STREAM, TABLE, CONNECTOR or TYPE");
        var ifExists = _cursor.TryTake("IF", "EXISTS");
        var (name, span) = kind.Is("CONNECTOR") ? ConnectorName() : Name("a name");
        return kind.Text switch
        {
            "CONNECTOR" => new DropConnector(name, ifExists, span, Since(start)),
            "TYPE" => new DropType(name, ifExists, span, Since(start)),
            _ => new DropSource(name, kind.Is("TABLE"), ifExists, _cursor.TryTake("DELETE", "TOPIC"), span, Since(start)),
        };
    }

    private AlterSource Alter(Token start)
    {
        _ = _cursor.Take();
        var isTable = _cursor.TryTake("TABLE");
        if (!isTable)
            _ = _cursor.Expect("STREAM", "STREAM or TABLE");
        var (name, span) = Name("a stream or table");
        var added = new List<ColumnDefinition>();
        do
        {
            _ = _cursor.Expect("ADD");
            _ = _cursor.TryTake("COLUMN");
            var column = _creates.Column();
            if (column.Role != ColumnRole.Value)
                throw ParsingErrors.AddedColumnRole(column.Name, column.Span);
            added.Add(column);
        }
        while (_cursor.TryTake(","));
        return new(name, isTable, added, span, Since(start));
    }

    private ControlQuery Control(QueryAction action, Token start)
    {
        _ = _cursor.Take();
        if (_cursor.TryTake("ALL"))
            return new(action, null, _cursor.Previous.Span, Since(start));
        var (name, span) = Name("a query id or ALL");
        return new(action, name, span, Since(start));
    }

    private bool IsOfConnector() => _cursor.Peek(1).Is("CONNECTOR");

    private ControlConnector Control(ConnectorAction action, Token start)
    {
        _ = _cursor.Take();
        _ = _cursor.Expect("CONNECTOR");
        var ifExists = _cursor.TryTake("IF", "EXISTS");
        var (name, span) = ConnectorName();
        return new(action, name, ifExists, span, Since(start));
    }

    private SetProperty Set(Token start)
    {
        _ = _cursor.Take();
        var span = _cursor.Current.Span;
        var name = _cursor.StringLiteral("a property name in quotes: SET 'auto.offset.reset' = 'earliest'");
        _ = _cursor.Expect("=");
        return new(name, _cursor.StringLiteral("a value in quotes"), span, Since(start));
    }

    private SetProperty Unset(Token start)
    {
        _ = _cursor.Take();
        var span = _cursor.Current.Span;
        return new(_cursor.StringLiteral("a property name in quotes: SET 'auto.offset.reset' = 'earliest'"), null, span, Since(start));
    }

    private DefineVariable Define(Token start)
    {
        _ = _cursor.Take();
        var name = _cursor.Identifier("a variable name");
        _ = _cursor.Expect("=");
        return new(name, _cursor.StringLiteral("a value in quotes"), Since(start));
    }

    private DefineVariable Undefine(Token start)
    {
        _ = _cursor.Take();
        return new(_cursor.Identifier("a variable name"), null, Since(start));
    }

    private ListStatement List(Token start)
    {
        _ = _cursor.Take();
        var all = _cursor.TryTake("ALL");
        var which = new[] { "SOURCE", "SINK" }.FirstOrDefault(word => _cursor.TryTake(word));
        var kind = _cursor.TryTake("CONNECTOR", "PLUGINS") ? ListKind.ConnectorPlugins : ListOf(_cursor.Take());
        return new(kind, all, _cursor.TryTake("EXTENDED"), which, Since(start));
    }

    private static ListKind ListOf(Token token) => token.Text switch
    {
        "TOPICS" => ListKind.Topics,
        "STREAMS" => ListKind.Streams,
        "TABLES" => ListKind.Tables,
        "QUERIES" => ListKind.Queries,
        "PROPERTIES" => ListKind.Properties,
        "CONNECTORS" => ListKind.Connectors,
        "FUNCTIONS" => ListKind.Functions,
        "TYPES" => ListKind.Types,
        "VARIABLES" => ListKind.Variables,
        _ =>
            throw ParsingErrors.NotExpected(
                token, "TOPICS, STREAMS, TABLES, QUERIES, PROPERTIES, CONNECTORS, FUNCTIONS, TYPES or VARIABLES"),
    };

    private DescribeStatement Describe(Token start)
    {
        _ = _cursor.Take();
        if (_cursor.TryTake("STREAMS"))
            return new(DescribeKind.Streams, null, _cursor.TryTake("EXTENDED"), _cursor.Previous.Span, Since(start));
        if (_cursor.Is("TABLES") && (_cursor.Peek(1).Is(";") || _cursor.Peek(1).Is("EXTENDED") || _cursor.Peek(1).Kind == TokenKind.End))
        {
            _ = _cursor.Take();
            return new(DescribeKind.Tables, null, _cursor.TryTake("EXTENDED"), _cursor.Previous.Span, Since(start));
        }
        var kind = _cursor.Is("FUNCTION") && !_cursor.Peek(1).Is(";") && _cursor.TryTake("FUNCTION") ? DescribeKind.Function
            : _cursor.TryTake("CONNECTOR") ? DescribeKind.Connector
            : DescribeKind.Source;
        var (name, span) = kind == DescribeKind.Connector ? ConnectorName() : Name("a name");
        return new(kind, name, _cursor.TryTake("EXTENDED"), span, Since(start));
    }

    private PrintTopic Print(Token start)
    {
        _ = _cursor.Take();
        var span = _cursor.Current.Span;
        var topic = _cursor.Current.Kind == TokenKind.String ? _cursor.StringLiteral("a topic") : PrintedName();
        var fromBeginning = _cursor.TryTake("FROM", "BEGINNING");
        var interval = _cursor.TryTake("INTERVAL") || _cursor.TryTake("SAMPLE") ? _queries.Number("a number of records") : (int?)null;
        var limit = _cursor.TryTake("LIMIT") ? _queries.Number("a number of records") : (int?)null;
        return new(topic, fromBeginning, interval, limit, span, Since(start));
    }

    /// <summary>Parses a topic's name. A bare one keeps its case: topics are not SQL names.</summary>
    private string PrintedName()
    {
        var token = _cursor.Current;
        var name = _cursor.Identifier("a topic");
        return token.Kind == TokenKind.Word ? token.Span.Text : name;
    }

    private ExplainStatement Explain(Token start)
    {
        _ = _cursor.Take();
        return _cursor.Current.Kind == TokenKind.Word && Statements.Contains(_cursor.Current.Text)
            ? new(null, Unended(), Since(start))
            : new(_cursor.Identifier("a query id or a statement"), null, Since(start));
    }

    private AssertTopic Assert(Token start)
    {
        _ = _cursor.Take();
        var exists = !_cursor.TryTake("NOT", "EXISTS");
        if (_cursor.Is("SCHEMA"))
            throw ParsingErrors.NoSchemaRegistry(_cursor.Current.Span);
        _ = _cursor.Expect("TOPIC");
        var span = _cursor.Current.Span;
        var topic = _cursor.Current.Kind == TokenKind.String ? _cursor.StringLiteral("a topic") : PrintedName();
        var with = _cursor.Is("WITH") ? _creates.Properties() : PropertyList.Empty;
        var timeout = _cursor.TryTake("TIMEOUT") ? _queries.Duration() : (TimeSpan?)null;
        return new(topic, exists, with, timeout, span, Since(start));
    }

    private (string Name, SourceSpan Span) Name(string what)
    {
        var span = _cursor.Current.Span;
        return (_cursor.Identifier(what), span);
    }

    /// <summary>Parses a connector's name as CREATE takes it, also in single quotes.</summary>
    private (string Name, SourceSpan Span) ConnectorName()
    {
        var span = _cursor.Current.Span;
        const string What = "a connector's name";
        return (_cursor.Current.Kind == TokenKind.String ? _cursor.StringLiteral(What) : _cursor.Identifier(What), span);
    }

    private SourceSpan Since(Token start) => start.Span.To(_cursor.Previous.Span);
}
