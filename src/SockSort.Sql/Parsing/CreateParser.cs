using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Parses <c>CREATE</c> of streams, tables, connectors and types, with column lists and <c>WITH</c> clauses.</summary>
internal sealed class CreateParser(TokenCursor cursor, ExpressionParser expressions, QueryParser queries)
{
    public Statement Create()
    {
        var start = cursor.Expect("CREATE");
        var orReplace = cursor.TryTake("OR", "REPLACE");
        if (cursor.TryTake("TYPE"))
            return Type(start);
        if (cursor.Is("CONNECTOR") || cursor.Peek(1).Is("CONNECTOR"))
            return Connector(start);
        var isReadOnly = cursor.TryTake("SOURCE");
        var isTable = cursor.TryTake("TABLE");
        if (!isTable)
            _ = cursor.Expect("STREAM", "STREAM, TABLE, SOURCE CONNECTOR, SINK CONNECTOR or TYPE");
        var ifNotExists = cursor.TryTake("IF", "NOT", "EXISTS");
        var nameSpan = cursor.Current.Span;
        var name = cursor.Identifier("a name");
        var columns = cursor.Is("(") ? Columns() : [];
        var with = cursor.Is("WITH") ? Properties() : PropertyList.Empty;
        if (columns.Count == 0 && !isReadOnly && cursor.TryTake("AS"))
        {
            var query = queries.Query();
            return new CreateAsSelect(name, isTable, orReplace, ifNotExists, with, query, nameSpan, Since(start));
        }
        return new CreateSource(name, isTable, orReplace, ifNotExists, isReadOnly, columns, with, nameSpan, Since(start));
    }

    /// <summary>Kind, name, columns and settings of a stream or table that is there.</summary>
    public CreateSource Described(Token start)
    {
        var isTable = cursor.TryTake("TABLE");
        if (!isTable)
            _ = cursor.Expect("STREAM", "STREAM or TABLE");
        var nameSpan = cursor.Current.Span;
        var name = cursor.Identifier("a name");
        var columns = cursor.Is("(") ? Columns() : [];
        var with = cursor.Is("WITH") ? Properties() : PropertyList.Empty;
        return new(name, isTable, OrReplace: false, IfNotExists: false, IsReadOnly: false, columns, with, nameSpan, Since(start));
    }

    public IReadOnlyList<ColumnDefinition> Columns()
    {
        _ = cursor.Expect("(");
        var columns = new List<ColumnDefinition>();
        do
            columns.Add(Column());
        while (cursor.TryTake(","));
        _ = cursor.Expect(")", "',' or ')'");
        return columns;
    }

    public ColumnDefinition Column()
    {
        var start = cursor.Current;
        var name = cursor.Identifier("a column name");
        var type = TypeParser.Type(cursor);
        var (role, headerKey) = Role();
        return new(name, type, role, headerKey, start.Span.To(cursor.Previous.Span));
    }

    /// <summary>Parses <c>WITH (name = literal, …)</c>; names may be quoted or in string quotes.</summary>
    public PropertyList Properties()
    {
        var start = cursor.Expect("WITH");
        _ = cursor.Expect("(", "'(' and the settings: WITH (KAFKA_TOPIC = 'data', VALUE_FORMAT = 'JSON')");
        var items = new List<Property>();
        do
        {
            var name = cursor.Current;
            var text = name.Kind == TokenKind.String ? cursor.StringLiteral("a property") : cursor.Identifier("a property");
            _ = cursor.Expect("=");
            var value = expressions.Expression();
            items.Add(IsLiteral(value)
                ? new(text, value, name.Span.To(cursor.Previous.Span))
                : throw ParsingErrors.PropertyNotLiteral(text, value.Span));
        }
        while (cursor.TryTake(","));
        _ = cursor.Expect(")", "',' or ')'");
        return new(items, Since(start));
    }

    private static bool IsLiteral(Expression value) =>
        value is StringLiteral or IntegerLiteral or BigintLiteral or BooleanLiteral or DecimalLiteral or DoubleLiteral or NullLiteral;

    private (ColumnRole Role, string? HeaderKey) Role()
    {
        if (cursor.TryTake("PRIMARY", "KEY"))
            return (ColumnRole.PrimaryKey, null);
        if (cursor.TryTake("KEY"))
            return (ColumnRole.Key, null);
        if (cursor.TryTake("HEADERS"))
            return (ColumnRole.Headers, null);
        if (!cursor.TryTake("HEADER"))
            return (ColumnRole.Value, null);
        _ = cursor.Expect("(");
        var key = cursor.StringLiteral("a header's name in quotes");
        _ = cursor.Expect(")");
        return (ColumnRole.Headers, key);
    }

    private CreateType Type(Token start)
    {
        var ifNotExists = cursor.TryTake("IF", "NOT", "EXISTS");
        var nameSpan = cursor.Current.Span;
        var name = cursor.Identifier("a type name");
        _ = cursor.Expect("AS");
        return new(name, ifNotExists, TypeParser.Type(cursor), nameSpan, Since(start));
    }

    private CreateConnector Connector(Token start)
    {
        var isSource = cursor.TryTake("SOURCE");
        if (!isSource)
            _ = cursor.Expect("SINK", "SOURCE or SINK");
        _ = cursor.Expect("CONNECTOR");
        var ifNotExists = cursor.TryTake("IF", "NOT", "EXISTS");
        var nameSpan = cursor.Current.Span;
        var name = cursor.Current.Kind == TokenKind.String ? cursor.StringLiteral("a name") : cursor.Identifier("a connector name");
        return new(name, isSource, ifNotExists, Properties(), nameSpan, Since(start));
    }

    private SourceSpan Since(Token start) => start.Span.To(cursor.Previous.Span);
}
