using System.Globalization;
using System.Text;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Syntax;

/// <summary>Prints expressions; precedences are those of <see cref="ExpressionParser"/>.</summary>
/// <param name="isFull">Whether every operation stands in parentheses, needed or not.</param>
internal sealed class ExpressionPrinter(bool isFull)
{
    public static readonly ExpressionPrinter Full = new(isFull: true);
    public static readonly ExpressionPrinter Short = new(isFull: false);

    /// <summary>How tightly a form holds together: an operand that holds less than its place asks for stands in parentheses.</summary>
    private enum Level
    {
        Lambda,
        Or,
        And,
        Not,
        Predicate,
        Sum,
        Product,
        Sign,
        Postfix,
    }

    public string Print(Expression expression) => expression switch
    {
        NullLiteral => "null",
        BooleanLiteral literal => literal.Value ? "true" : "false",
        IntegerLiteral literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        BigintLiteral literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        DecimalLiteral literal => literal.Value.ToString(),
        DoubleLiteral literal => literal.Written,
        StringLiteral literal => SqlPrinter.Quote(literal.Value),
        ColumnName column => Column(column),
        FieldAccess access => $"{At(Level.Postfix, access.Base)}->{SqlPrinter.Name(access.Field)}",
        Subscript subscript => $"{At(Level.Postfix, subscript.Base)}[{Print(subscript.Index)}]",
        FunctionCall call => $"{call.Name}({(call.IsStar ? "*" : List(call.Arguments))})",
        TimeUnitLiteral unit => unit.Unit,
        Negation negation => Negated(negation),
        Not not => Whole($"NOT {At(Level.Not, not.Operand)}"),
        Arithmetic arithmetic => Binary(LevelOf(arithmetic), arithmetic.Left, arithmetic.Operator, arithmetic.Right),
        Comparison comparison => Whole($"{At(Level.Predicate, comparison.Left)} {comparison.Operator} {At(Level.Sum, comparison.Right)}"),
        Logical logical => Binary(LevelOf(logical), logical.Left, logical.Operator, logical.Right),
        IsNull isNull => Whole($"{At(Level.Predicate, isNull.Operand)} IS {(isNull.Negated ? "NOT " : "")}NULL"),
        Between between =>
            Whole($"{At(Level.Predicate, between.Operand)} {Unless(between.Negated)}BETWEEN {At(Level.Sum, between.Low)} AND "
                + $"{At(Level.Sum, between.High)}"),
        InList inList => Whole($"{At(Level.Predicate, inList.Operand)} {Unless(inList.Negated)}IN ({List(inList.Items)})"),
        Like like =>
            Whole($"{At(Level.Predicate, like.Operand)} {Unless(like.Negated)}LIKE "
                + $"{At(Level.Sum, like.Pattern)}{(like.Escape is { } c ? $" ESCAPE {SqlPrinter.Quote(c.ToString())}" : "")}"),
        Case @case => Whole(CaseOf(@case)),
        Cast cast => $"CAST({Print(cast.Operand)} AS {SqlPrinter.Print(cast.Type)})",
        ArrayConstructor array => $"ARRAY[{List(array.Items)}]",
        MapConstructor map => $"MAP({string.Join(", ", map.Entries.Select(entry => $"{Print(entry.Key)}{Assign}{Print(entry.Value)}"))})",
        StructConstructor row =>
            $"STRUCT({string.Join(", ", row.Fields.Select(field => $"{SqlPrinter.Name(field.Name)}{Assign}{Print(field.Value)}"))})",
        Lambda lambda => $"({string.Join(", ", lambda.Parameters.Select(SqlPrinter.Name))}) => {Print(lambda.Body)}",
        _ => throw new InvalidOperationException($"no printed form of {expression.GetType().Name}"),
    };

    /// <summary>Prints the expression before <c>-&gt;*</c>.</summary>
    public string PrintPostfix(Expression expression) => At(Level.Postfix, expression);

    private string Assign => isFull ? ":=" : " := ";

    private string At(Level place, Expression operand)
    {
        var text = Print(operand);
        var isAlreadyWhole = isFull && operand is not Lambda and not Negation;
        return LevelOf(operand) < place && !isAlreadyWhole ? $"({text})" : text;
    }

    private string Whole(string text) => isFull ? $"({text})" : text;

    private string Binary(Level level, Expression left, string symbol, Expression right) =>
        Whole($"{At(level, left)} {symbol} {At(level + 1, right)}");

    /// <summary>Prints a negation. A sign before digits would become part of the number, and two signs begin a comment.</summary>
    private string Negated(Negation negation)
    {
        var operand = At(Level.Sign, negation.Operand);
        return operand[0] == '-' || char.IsAsciiDigit(operand[0]) ? $"-({operand})" : $"-{operand}";
    }

    /// <summary>
    /// Prints a column. Words that mean something else in its place are quoted: a unit of time before a comma, ARRAY before a bracket.
    /// </summary>
    private static string Column(ColumnName column)
    {
        if (column.Qualifier is not null)
            return $"{SqlPrinter.Name(column.Qualifier)}.{SqlPrinter.Name(column.Name)}";
        return column.Name == "ARRAY" || Keywords.IsTimeUnit(column.Name) ? $"`{column.Name}`" : SqlPrinter.Name(column.Name);
    }

    private static Level LevelOf(Expression expression) => expression switch
    {
        Lambda => Level.Lambda,
        Logical { Operator: "OR" } => Level.Or,
        Logical => Level.And,
        Not => Level.Not,
        Comparison or IsNull or Between or InList or Like => Level.Predicate,
        Arithmetic { Operator: "+" or "-" } => Level.Sum,
        Arithmetic => Level.Product,
        Negation => Level.Sign,
        _ => Level.Postfix,
    };

    private string List(IEnumerable<Expression> items) => string.Join(", ", items.Select(Print));

    private static string Unless(bool negated) => negated ? "NOT " : "";

    private string CaseOf(Case expression)
    {
        var text = new StringBuilder("CASE");
        if (expression.Operand is not null)
            _ = text.Append($" {Print(expression.Operand)}");
        foreach (var when in expression.Whens)
            _ = text.Append($" WHEN {Print(when.When)} THEN {Print(when.Then)}");
        if (expression.Else is not null)
            _ = text.Append($" ELSE {Print(expression.Else)}");
        return text.Append(" END").ToString();
    }
}
