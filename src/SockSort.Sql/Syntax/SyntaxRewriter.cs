namespace SockSort.Sql.Syntax;

/// <summary>Copies an expression with some parts replaced.</summary>
public static class SyntaxRewriter
{
    /// <param name="replace">Returns the replacement of a node, or null to keep it and go on inside.</param>
    public static Expression Rewrite(Expression expression, Func<Expression, Expression?> replace)
    {
        if (replace(expression) is { } replacement)
            return replacement;
        return expression switch
        {
            FieldAccess access => access with { Base = Inside(access.Base) },
            Subscript subscript => subscript with { Base = Inside(subscript.Base), Index = Inside(subscript.Index) },
            FunctionCall call => call with { Arguments = All(call.Arguments) },
            Negation negation => negation with { Operand = Inside(negation.Operand) },
            Arithmetic arithmetic => arithmetic with { Left = Inside(arithmetic.Left), Right = Inside(arithmetic.Right) },
            Comparison comparison => comparison with { Left = Inside(comparison.Left), Right = Inside(comparison.Right) },
            Logical logical => logical with { Left = Inside(logical.Left), Right = Inside(logical.Right) },
            Not not => not with { Operand = Inside(not.Operand) },
            IsNull isNull => isNull with { Operand = Inside(isNull.Operand) },
            Between between => between with { Operand = Inside(between.Operand), Low = Inside(between.Low), High = Inside(between.High) },
            InList inList => inList with { Operand = Inside(inList.Operand), Items = All(inList.Items) },
            Like like => like with { Operand = Inside(like.Operand), Pattern = Inside(like.Pattern) },
            Case @case => @case with
            {
                Operand = @case.Operand is null ? null : Inside(@case.Operand),
                Whens = [.. @case.Whens.Select(when => new WhenClause(Inside(when.When), Inside(when.Then)))],
                Else = @case.Else is null ? null : Inside(@case.Else),
            },
            Cast cast => cast with { Operand = Inside(cast.Operand) },
            ArrayConstructor array => array with { Items = All(array.Items) },
            MapConstructor map =>
                map with { Entries = [.. map.Entries.Select(entry => new MapEntry(Inside(entry.Key), Inside(entry.Value)))] },
            StructConstructor row =>
                row with { Fields = [.. row.Fields.Select(entry => new StructEntry(entry.Name, Inside(entry.Value)))] },
            Lambda lambda =>
                lambda with
                {
                    Body = Rewrite(
                        lambda.Body,
                        node => node is ColumnName { Qualifier: null } c && lambda.Parameters.Contains(c.Name) ? c : replace(node)),
                },
            _ => expression,
        };

        Expression Inside(Expression part) => Rewrite(part, replace);
        List<Expression> All(IReadOnlyList<Expression> parts) => [.. parts.Select(Inside)];
    }

    /// <summary>Lists the expression and all its parts, outermost first.</summary>
    public static IEnumerable<Expression> Parts(Expression expression)
    {
        var parts = new List<Expression>();
        _ = Rewrite(expression, node =>
        {
            parts.Add(node);
            return null;
        });
        return parts;
    }
}
