using System.Globalization;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Parsing;

/// <summary>
/// Parses expressions by precedence: OR, AND, NOT, predicates, +/-, * / %, sign, then <c>-&gt;</c>, <c>[…]</c> and primaries.
/// </summary>
internal sealed class ExpressionParser(TokenCursor cursor)
{
    // Where one of these stands in place of a value, the value is missing.
    private static readonly HashSet<string> NoValues =
    [
        "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "LIMIT", "INTO", "WITH", "JOIN", "ON", "AS", "THEN", "ELSE", "END", "WHEN", "AND",
        "OR", "BY", "BETWEEN",
        "IN", "LIKE", "IS", "DISTINCT",
    ];

    public Expression Expression()
    {
        using var level = cursor.Deeper();
        var left = And();
        while (cursor.TryTake("OR"))
            left = Joined(left, And(), (l, r, span) => new Logical("OR", l, r, span));
        return left;
    }

    private Expression And()
    {
        var left = Negated();
        while (cursor.TryTake("AND"))
            left = Joined(left, Negated(), (l, r, span) => new Logical("AND", l, r, span));
        return left;
    }

    private Expression Negated()
    {
        using var level = cursor.Deeper();
        var start = cursor.Current;
        if (!cursor.TryTake("NOT"))
            return Predicate();
        var operand = Negated();
        return new Not(operand, start.Span.To(operand.Span));
    }

    private Expression Predicate()
    {
        var left = Sum();
        while (true)
        {
            var token = cursor.Current;
            if (token.Kind == TokenKind.Symbol && token.Text is "=" or "<>" or "<" or "<=" or ">" or ">=")
            {
                _ = cursor.Take();
                if (token.Text == "=" && cursor.Is("="))
                    throw ParsingErrors.DoubleEquals(token.Span.To(cursor.Current.Span));
                left = Joined(left, Sum(), (l, r, span) => new Comparison(token.Text, l, r, span));
            }
            else if (cursor.TryTake("IS"))
                left = AfterIs(left);
            else if (cursor.Is("NOT") && (cursor.Peek(1).Is("BETWEEN") || cursor.Peek(1).Is("IN") || cursor.Peek(1).Is("LIKE")))
            {
                _ = cursor.Take();
                left = AfterNot(left, negated: true);
            }
            else if (cursor.Is("BETWEEN") || cursor.Is("IN") || cursor.Is("LIKE"))
                left = AfterNot(left, negated: false);
            else
                return left;
        }
    }

    private Expression AfterIs(Expression left)
    {
        cursor.CountOperator();
        var negated = cursor.TryTake("NOT");
        if (cursor.TryTake("NULL"))
            return new IsNull(left, negated, left.Span.To(cursor.Previous.Span));
        if (!cursor.TryTake("DISTINCT", "FROM"))
            throw cursor.Unexpected("NULL, NOT NULL, DISTINCT FROM or NOT DISTINCT FROM");
        return Joined(left, Sum(), (l, r, span) => new Comparison(negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM", l, r, span));
    }

    private Expression AfterNot(Expression left, bool negated)
    {
        cursor.CountOperator();
        if (cursor.TryTake("BETWEEN"))
        {
            var low = Sum();
            _ = cursor.Expect("AND", "AND and the upper bound: BETWEEN 1 AND 2");
            var high = Sum();
            return new Between(left, low, high, negated, left.Span.To(high.Span));
        }
        if (cursor.TryTake("IN"))
        {
            _ = cursor.Expect("(", "'(' and a list: IN ('a', 'b')");
            var items = List();
            _ = cursor.Expect(")");
            return new InList(left, items, negated, left.Span.To(cursor.Previous.Span));
        }
        _ = cursor.Expect("LIKE");
        var pattern = Sum();
        var escape = cursor.TryTake("ESCAPE") ? EscapeCharacter() : (char?)null;
        return new Like(left, pattern, escape, negated, left.Span.To(cursor.Previous.Span));
    }

    private char EscapeCharacter()
    {
        var token = cursor.Current;
        var text = cursor.StringLiteral("one character in quotes");
        return text.Length == 1 ? text[0] : throw ParsingErrors.EscapeNotOneCharacter(text, token.Span);
    }

    private Expression Sum()
    {
        var left = Product();
        while (cursor.Current.Kind == TokenKind.Symbol && cursor.Current.Text is "+" or "-" or "||")
        {
            var symbol = cursor.Take();
            left = Joined(left, Product(), (l, r, span) => symbol.Text == "||"
                ? new FunctionCall("CONCAT", [l, r], false, symbol.Span, span)
                : new Arithmetic(symbol.Text, l, r, span));
        }
        return left;
    }

    private Expression Product()
    {
        var left = Signed();
        while (cursor.Current.Kind == TokenKind.Symbol && cursor.Current.Text is "*" or "/" or "%")
        {
            var symbol = cursor.Take().Text;
            left = Joined(left, Signed(), (l, r, span) => new Arithmetic(symbol, l, r, span));
        }
        return left;
    }

    private Expression Signed()
    {
        using var level = cursor.Deeper();
        var start = cursor.Current;
        if (cursor.TryTake("+"))
            return Signed();
        if (!cursor.TryTake("-"))
            return Postfix();
        // A sign before digits belongs to the number: -9223372036854775808 is a BIGINT, its positive is not.
        if (cursor.Current.Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Float)
            return Postfix(NumberLiteral(start));
        var operand = Signed();
        return new Negation(operand, start.Span.To(operand.Span));
    }

    private Expression Postfix() => Postfix(Primary());

    private Expression Postfix(Expression left)
    {
        while (true)
        {
            if (cursor.Is("->") && !cursor.Peek(1).Is("*"))
            {
                _ = cursor.Take();
                cursor.CountOperator();
                var field = cursor.Identifier("a field name");
                left = new FieldAccess(left, field, left.Span.To(cursor.Previous.Span));
            }
            else if (cursor.TryTake("["))
            {
                cursor.CountOperator();
                var index = Expression();
                _ = cursor.Expect("]");
                left = new Subscript(left, index, left.Span.To(cursor.Previous.Span));
            }
            else
                return left;
        }
    }

    private Expression Primary()
    {
        var token = cursor.Current;
        switch (token.Kind)
        {
            case TokenKind.Integer or TokenKind.Decimal or TokenKind.Float:
                return NumberLiteral(null);
            case TokenKind.String:
                return new StringLiteral(cursor.StringLiteral("a string"), token.Span);
            case TokenKind.Symbol when token.Text == "(":
                return Parenthesised();
            case TokenKind.Word when Constructor() is { } constructor:
                return constructor;
            case TokenKind.Word or TokenKind.Quoted or TokenKind.DigitWord:
                return Name();
            default:
                throw cursor.Unexpected("an expression");
        }
    }

    private Expression? Constructor()
    {
        var token = cursor.Current;
        switch (token.Text)
        {
            case "NULL":
                return new NullLiteral(cursor.Take().Span);
            case "TRUE" or "FALSE":
                return new BooleanLiteral(cursor.Take().Text == "TRUE", token.Span);
            case "CASE":
                return CaseExpression();
            case "CAST":
                return CastExpression();
            case "ARRAY" when cursor.Peek(1).Is("["):
                return Array();
            case "MAP" when cursor.Peek(1).Is("("):
                return Map();
            case "STRUCT" when cursor.Peek(1).Is("("):
                return Struct();
            default:
                return null;
        }
    }

    /// <summary>Parses a parenthesised expression, or a lambda: its parameter list is known by the arrow after it.</summary>
    private Expression Parenthesised()
    {
        if (LambdaAhead() is { } lambda)
            return lambda;
        _ = cursor.Expect("(");
        var inner = Expression();
        _ = cursor.Expect(")");
        return inner;
    }

    private Expression? LambdaAhead()
    {
        var at = 1;
        while (cursor.Peek(at).Kind is TokenKind.Word or TokenKind.Quoted && cursor.Peek(at + 1).Is(","))
            at += 2;
        if (!cursor.Peek(at + 1).Is(")") || !cursor.Peek(at + 2).Is("=>"))
            return null;
        var start = cursor.Take();
        var parameters = new List<string>();
        do
            parameters.Add(cursor.Identifier("a parameter name"));
        while (cursor.TryTake(","));
        _ = cursor.Expect(")");
        return LambdaBody(parameters, start);
    }

    private Lambda LambdaBody(List<string> parameters, Token start)
    {
        _ = cursor.Expect("=>");
        var body = Expression();
        return new Lambda(parameters, body, start.Span.To(body.Span));
    }

    private Expression Name()
    {
        var start = cursor.Current;
        if (start.Kind == TokenKind.Word && cursor.Peek(1).Is("("))
            return Call(start);
        if (start.Kind == TokenKind.Word && Keywords.IsTimeUnit(start.Text) && cursor.Peek(1).Is(",") && cursor.Previous.Is("("))
            return new TimeUnitLiteral(cursor.Take().Text, start.Span);
        var isClause = start.Is("EMIT") && (cursor.Peek(1).Is("CHANGES") || cursor.Peek(1).Is("FINAL"));
        if (isClause || (start.Kind == TokenKind.Word && NoValues.Contains(start.Text)))
            throw ParsingErrors.ExpressionMissing(start);
        var name = cursor.Identifier("a column name");
        if (cursor.Is("=>"))
            return LambdaBody([name], start);
        if (!cursor.TryTake("."))
            return new ColumnName(null, name, start.Span);
        var column = cursor.Identifier("a column name");
        return new ColumnName(name, column, start.Span.To(cursor.Previous.Span));
    }

    private FunctionCall Call(Token name)
    {
        _ = cursor.Take();
        _ = cursor.Expect("(");
        var isStar = cursor.TryTake("*");
        var arguments = isStar || cursor.Is(")") ? [] : List();
        _ = cursor.Expect(")");
        return new FunctionCall(name.Text, arguments, isStar, name.Span, name.Span.To(cursor.Previous.Span));
    }

    private List<Expression> List()
    {
        var items = new List<Expression> { Expression() };
        while (cursor.TryTake(","))
            items.Add(Expression());
        return items;
    }

    private Case CaseExpression()
    {
        var start = cursor.Expect("CASE");
        var operand = cursor.Is("WHEN") ? null : Expression();
        var whens = new List<WhenClause>();
        while (cursor.TryTake("WHEN"))
        {
            var when = Expression();
            _ = cursor.Expect("THEN", "THEN and a result");
            whens.Add(new(when, Expression()));
        }
        if (whens.Count == 0)
            throw cursor.Unexpected("WHEN");
        var otherwise = cursor.TryTake("ELSE") ? Expression() : null;
        _ = cursor.Expect("END", "WHEN, ELSE or END");
        return new Case(operand, whens, otherwise, start.Span.To(cursor.Previous.Span));
    }

    private Cast CastExpression()
    {
        var start = cursor.Expect("CAST");
        _ = cursor.Expect("(");
        var operand = Expression();
        _ = cursor.Expect("AS", "AS and a type: CAST(value AS INT)");
        var type = TypeParser.Type(cursor);
        _ = cursor.Expect(")");
        return new Cast(operand, type, start.Span.To(cursor.Previous.Span));
    }

    private ArrayConstructor Array()
    {
        var start = cursor.Take();
        _ = cursor.Expect("[");
        var items = cursor.Is("]") ? [] : List();
        _ = cursor.Expect("]");
        return new ArrayConstructor(items, start.Span.To(cursor.Previous.Span));
    }

    private MapConstructor Map()
    {
        var start = cursor.Take();
        _ = cursor.Expect("(");
        var entries = new List<MapEntry>();
        while (!cursor.Is(")"))
        {
            if (entries.Count > 0)
                _ = cursor.Expect(",");
            var key = Expression();
            _ = cursor.Expect(":=");
            entries.Add(new(key, Expression()));
        }
        _ = cursor.Expect(")");
        return new MapConstructor(entries, start.Span.To(cursor.Previous.Span));
    }

    private StructConstructor Struct()
    {
        var start = cursor.Take();
        _ = cursor.Expect("(");
        var fields = new List<StructEntry>();
        while (!cursor.Is(")"))
        {
            if (fields.Count > 0)
                _ = cursor.Expect(",");
            var name = cursor.Identifier("a field name");
            _ = cursor.Expect(":=");
            fields.Add(new(name, Expression()));
        }
        _ = cursor.Expect(")");
        return new StructConstructor(fields, start.Span.To(cursor.Previous.Span));
    }

    /// <summary>
    /// Parses a number: whole ones are INTEGER where they fit, else BIGINT; with a point DECIMAL, with an exponent DOUBLE.
    /// </summary>
    private Expression NumberLiteral(Token? sign)
    {
        var token = cursor.Take();
        var text = sign is null ? token.Text : $"-{token.Text}";
        var span = sign?.Span.To(token.Span) ?? token.Span;
        if (token.Kind == TokenKind.Decimal)
            return new DecimalLiteral(BigDecimal.Parse(text.EndsWith('.') ? text + "0" : text), span);
        if (token.Kind == TokenKind.Float)
        {
            var number = double.Parse(text, CultureInfo.InvariantCulture);
            return double.IsFinite(number) ? new DoubleLiteral(number, text, span) : throw ParsingErrors.DoubleOverflow(text, span);
        }
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var small))
            return new IntegerLiteral(small, span);
        return long.TryParse(text, CultureInfo.InvariantCulture, out var large)
            ? new BigintLiteral(large, span)
            : throw ParsingErrors.NumberTooLarge(text, span);
    }

    private Expression Joined(Expression left, Expression right, Func<Expression, Expression, SourceSpan, Expression> make)
    {
        cursor.CountOperator();
        return make(left, right, left.Span.To(right.Span));
    }
}
