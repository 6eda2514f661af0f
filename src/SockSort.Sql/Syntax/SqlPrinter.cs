using System.Globalization;
using System.Text;

namespace SockSort.Sql.Syntax;

/// <summary>Prints syntax in one fixed form that parses back to the same tree; names are quoted only where they must be.</summary>
public static class SqlPrinter
{
    public static string Print(Expression expression) => expression switch
    {
        NullLiteral => "null",
        BooleanLiteral literal => literal.Value ? "true" : "false",
        IntegerLiteral literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        BigintLiteral literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        DecimalLiteral literal => literal.Value.ToString(),
        DoubleLiteral literal => literal.Written,
        StringLiteral literal => Quote(literal.Value),
        ColumnName column => column.Qualifier is null ? Name(column.Name) : $"{Name(column.Qualifier)}.{Name(column.Name)}",
        FieldAccess access => $"{Print(access.Base)}->{Name(access.Field)}",
        Subscript subscript => $"{Print(subscript.Base)}[{Print(subscript.Index)}]",
        FunctionCall call => $"{call.Name}({(call.IsStar ? "*" : List(call.Arguments))})",
        TimeUnitLiteral unit => unit.Unit,
        Negation negation => $"-{Print(negation.Operand)}",
        Not not => $"(NOT {Print(not.Operand)})",
        Arithmetic arithmetic => $"({Print(arithmetic.Left)} {arithmetic.Operator} {Print(arithmetic.Right)})",
        Comparison comparison => $"({Print(comparison.Left)} {comparison.Operator} {Print(comparison.Right)})",
        Logical logical => $"({Print(logical.Left)} {logical.Operator} {Print(logical.Right)})",
        IsNull isNull => $"({Print(isNull.Operand)} IS {(isNull.Negated ? "NOT " : "")}NULL)",
        Between between => $"({Print(between.Operand)} {Not(between.Negated)}BETWEEN {Print(between.Low)} AND {Print(between.High)})",
        InList inList => $"({Print(inList.Operand)} {Not(inList.Negated)}IN ({List(inList.Items)}))",
        Like like => $"({Print(like.Operand)} {Not(like.Negated)}LIKE {Print(like.Pattern)}{(like.Escape is { } c ? $" ESCAPE {Quote(c.ToString())}" : "")})",
        Case @case => PrintCase(@case),
        Cast cast => $"CAST({Print(cast.Operand)} AS {Print(cast.Type)})",
        ArrayConstructor array => $"ARRAY[{List(array.Items)}]",
        MapConstructor map => $"MAP({string.Join(", ", map.Entries.Select(entry => $"{Print(entry.Key)}:={Print(entry.Value)}"))})",
        StructConstructor row => $"STRUCT({string.Join(", ", row.Fields.Select(field => $"{Name(field.Name)}:={Print(field.Value)}"))})",
        Lambda lambda => $"({string.Join(", ", lambda.Parameters.Select(Name))}) => {Print(lambda.Body)}",
        _ => throw new InvalidOperationException($"no printed form of {expression.GetType().Name}"),
    };

    public static string Print(TypeName type) => type switch
    {
        { FieldNames.Count: > 0 } => $"{type.Name}<{string.Join(", ", type.FieldNames.Zip(type.Arguments).Select(field => $"{Name(field.First)} {Print(field.Second)}"))}>",
        { Arguments.Count: > 0 } => $"{type.Name}<{string.Join(", ", type.Arguments.Select(Print))}>",
        { Numbers.Count: > 0 } => $"{type.Name}({string.Join(", ", type.Numbers)})",
        _ => Name(type.Name),
    };

    /// <summary>A name as it must be written: in back-quotes unless it is an upper-case word that is not reserved.</summary>
    public static string Name(string name)
    {
        var plain = name.Length > 0 && (char.IsAsciiLetterUpper(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '@')
            && !Parsing.Keywords.IsReserved(name);
        return plain ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }

    /// <summary>A string literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string List(IEnumerable<Expression> items) => string.Join(", ", items.Select(Print));

    private static string Not(bool negated) => negated ? "NOT " : "";

    private static string PrintCase(Case expression)
    {
        var text = new StringBuilder("(CASE");
        if (expression.Operand is not null)
            _ = text.Append($" {Print(expression.Operand)}");
        foreach (var when in expression.Whens)
            _ = text.Append($" WHEN {Print(when.When)} THEN {Print(when.Then)}");
        if (expression.Else is not null)
            _ = text.Append($" ELSE {Print(expression.Else)}");
        return text.Append(" END)").ToString();
    }
}
