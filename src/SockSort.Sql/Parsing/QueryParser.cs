using System.Globalization;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Parses <c>SELECT</c> with all its clauses.</summary>
internal sealed class QueryParser(TokenCursor cursor, ExpressionParser expressions)
{
    // Far beyond any record; sums of a few of them stay within a TimeSpan.
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1_000_000);

    public Query Query()
    {
        using var level = cursor.Deeper();
        var start = cursor.Expect("SELECT");
        var items = new List<SelectItem>();
        do
            items.Add(Item());
        while (cursor.TryTake(","));
        if (!cursor.Is("FROM") && Names.Nearest(cursor.Previous.Text, ["FROM"]) is not null)
            throw ParsingErrors.NotExpected(cursor.Previous, "',' or FROM");
        _ = cursor.Expect("FROM", "',' or FROM");
        var from = Relation();
        var window = cursor.TryTake("WINDOW") ? Window() : null;
        var where = cursor.TryTake("WHERE") ? expressions.Expression() : null;
        var groupBy = cursor.TryTake("GROUP") ? AfterBy() : null;
        var partitionBy = cursor.TryTake("PARTITION", "BY") ? Grouping() : null;
        var having = cursor.TryTake("HAVING") ? expressions.Expression() : null;
        var emit = cursor.TryTake("EMIT") ? Emit() : (EmitMode?)null;
        var limit = cursor.TryTake("LIMIT") ? Number("a number of rows") : (int?)null;
        return new(items, from, window, where, groupBy, partitionBy, having, emit, limit, start.Span.To(cursor.Previous.Span));
    }

    private GroupingClause AfterBy()
    {
        _ = cursor.Expect("BY", "BY and what to group by: GROUP BY image");
        return Grouping();
    }

    private SelectItem Item()
    {
        var start = cursor.Current;
        if (cursor.TryTake("*"))
            return new StarItem(null, start.Span);
        if (start.Kind is TokenKind.Word or TokenKind.Quoted && cursor.Peek(1).Is(".") && cursor.Peek(2).Is("*"))
        {
            var qualifier = cursor.Identifier("a source name");
            _ = cursor.Take();
            _ = cursor.Take();
            return new StarItem(qualifier, start.Span.To(cursor.Previous.Span));
        }
        var expression = expressions.Expression();
        if (cursor.TryTake("->"))
        {
            _ = cursor.Expect("*");
            return new StructStarItem(expression, start.Span.To(cursor.Previous.Span));
        }
        var alias = cursor.TryTake("AS") || IsAlias() ? cursor.Identifier("a column name") : null;
        return new ExpressionItem(expression, alias, start.Span.To(cursor.Previous.Span));
    }

    private bool IsAlias() => cursor.Current.Kind is TokenKind.Quoted or TokenKind.DigitWord
        || (cursor.Current.Kind == TokenKind.Word && !Keywords.IsReserved(cursor.Current.Text));

    private Relation Relation()
    {
        Relation left = Source();
        while (JoinAhead() is { } kind)
        {
            var right = Source();
            var within = cursor.Is("WITHIN") ? Within() : null;
            _ = cursor.Expect("ON", "ON and the join condition");
            var on = expressions.Expression();
            left = new JoinRelation(left, right, kind, within, on, left.Span.To(cursor.Previous.Span));
        }
        return left;
    }

    private SourceRelation Source()
    {
        var start = cursor.Current;
        var name = cursor.Identifier("a stream or table");
        var alias = cursor.TryTake("AS") || (IsAlias() && !StartsClause()) ? cursor.Identifier("an alias") : null;
        return new(name, alias, start.Span.To(cursor.Previous.Span));
    }

    /// <summary>Whether a word begins the next clause though it may be a name elsewhere.</summary>
    private bool StartsClause() => cursor.Current.Kind == TokenKind.Word && cursor.Current.Text is "EMIT" or "PARTITION";

    private JoinKind? JoinAhead()
    {
        if (cursor.TryTake("JOIN") || cursor.TryTake("INNER", "JOIN"))
            return JoinKind.Inner;
        if (cursor.TryTake("LEFT", "JOIN") || cursor.TryTake("LEFT", "OUTER", "JOIN"))
            return JoinKind.Left;
        if (cursor.TryTake("RIGHT", "JOIN") || cursor.TryTake("RIGHT", "OUTER", "JOIN"))
            return JoinKind.Right;
        if (cursor.TryTake("FULL", "JOIN") || cursor.TryTake("FULL", "OUTER", "JOIN") || cursor.TryTake("OUTER", "JOIN"))
            return JoinKind.Outer;
        return null;
    }

    private WithinClause Within()
    {
        var start = cursor.Take();
        TimeSpan before, after;
        if (cursor.TryTake("("))
        {
            before = Duration();
            _ = cursor.Expect(",");
            after = Duration();
            _ = cursor.Expect(")");
        }
        else
            before = after = Duration();
        var grace = cursor.TryTake("GRACE", "PERIOD") ? Duration() : (TimeSpan?)null;
        return new(before, after, grace, start.Span.To(cursor.Previous.Span));
    }

    private WindowClause Window()
    {
        var start = cursor.Current;
        // An alias of the window (`WINDOW w TUMBLING …`) is accepted and means nothing.
        if (!IsWindowKind(cursor.Current) && IsWindowKind(cursor.Peek(1)))
            _ = cursor.Take();
        var kind = cursor.TryTake("TUMBLING") ? WindowKind.Tumbling
            : cursor.TryTake("HOPPING") ? WindowKind.Hopping
            : cursor.TryTake("SESSION") ? WindowKind.Session
            : throw cursor.Unexpected("TUMBLING, HOPPING or SESSION");
        _ = cursor.Expect(
            "(", kind == WindowKind.Session ? "'(' and the gap: (60 SECONDS)" : "'(' and the length of the window: (SIZE 5 SECONDS)");
        if (kind != WindowKind.Session)
            _ = cursor.Expect("SIZE", "SIZE and the length of the window: (SIZE 5 SECONDS)");
        var size = Duration();
        var advance = size;
        if (kind == WindowKind.Hopping)
        {
            _ = cursor.Expect(",", "', ADVANCE BY' and a duration");
            _ = cursor.Expect("ADVANCE");
            _ = cursor.Expect("BY");
            advance = Duration();
        }
        TimeSpan? retention = null, grace = null;
        while (cursor.TryTake(","))
        {
            if (cursor.TryTake("RETENTION"))
                retention = Duration();
            else if (cursor.TryTake("GRACE", "PERIOD"))
                grace = Duration();
            else
                throw cursor.Unexpected("RETENTION or GRACE PERIOD");
        }
        _ = cursor.Expect(")");
        var window = new WindowClause(kind, size, advance, retention, grace, start.Span.To(cursor.Previous.Span));
        return size > TimeSpan.Zero && advance > TimeSpan.Zero && advance <= size ? window : throw ParsingErrors.WrongWindow(window);
    }

    private static bool IsWindowKind(Token token) => token.Is("TUMBLING") || token.Is("HOPPING") || token.Is("SESSION");

    /// <summary>Parses a duration: <c>5 SECONDS</c>.</summary>
    public TimeSpan Duration()
    {
        var start = cursor.Current;
        var count = Number("a number and a unit of time: 5 SECONDS");
        var unit = cursor.Take();
        var length = unit.Text.TrimEnd('S') switch
        {
            "MILLISECOND" => TimeSpan.FromMilliseconds(1),
            "SECOND" => TimeSpan.FromSeconds(1),
            "MINUTE" => TimeSpan.FromMinutes(1),
            "HOUR" => TimeSpan.FromHours(1),
            "DAY" => TimeSpan.FromDays(1),
            _ => throw ParsingErrors.NotExpected(unit, "a unit of time: MILLISECONDS, SECONDS, MINUTES, HOURS or DAYS"),
        };
        return count <= MaxDuration / length
            ? count * length
            : throw ParsingErrors.TooLong(start.Span.To(unit.Span), (int)MaxDuration.TotalDays);
    }

    public int Number(string what)
    {
        if (cursor.Current.Kind != TokenKind.Integer || !int.TryParse(cursor.Current.Text, CultureInfo.InvariantCulture, out var number))
            throw cursor.Unexpected(what);
        _ = cursor.Take();
        return number;
    }

    private EmitMode Emit()
    {
        if (cursor.TryTake("CHANGES"))
            return EmitMode.Changes;
        return cursor.TryTake("FINAL") ? EmitMode.Final : throw cursor.Unexpected("CHANGES or FINAL");
    }

    /// <summary>Parses a list of expressions, which may be in parentheses: <c>GROUP BY (a, b)</c>.</summary>
    private GroupingClause Grouping()
    {
        var start = cursor.Current;
        var list = GroupingInParentheses() ?? GroupingList();
        return new(list, start.Span.To(cursor.Previous.Span));
    }

    private List<Expression> GroupingList()
    {
        // Logical operators need parentheses here, as in ksqlDB: PARTITION BY a AND b is a mistake more often than a wish.
        var list = new List<Expression>();
        do
        {
            var expression = expressions.Expression();
            list.Add(
                expression is Logical && cursor.Previous.Text != ")" ? throw ParsingErrors.LogicalInGrouping(expression.Span) : expression);
        }
        while (cursor.TryTake(","));
        return list;
    }

    private List<Expression>? GroupingInParentheses()
    {
        if (!cursor.Is("("))
            return null;
        var at = cursor.Position;
        _ = cursor.Take();
        if (cursor.TryTake(")"))
            return [];
        var list = new List<Expression> { expressions.Expression() };
        while (cursor.TryTake(","))
            list.Add(expressions.Expression());
        // `(a + b) * 2` and `(a), b` begin like a parenthesised list but are not one.
        if (cursor.TryTake(")") && EndsClause())
            return list;
        cursor.Position = at;
        return null;
    }

    private bool EndsClause() => cursor.AtEnd || cursor.Is(";") || cursor.Is(")")
        || cursor.Is("HAVING") || cursor.Is("EMIT") || cursor.Is("LIMIT") || cursor.Is("PARTITION");
}
