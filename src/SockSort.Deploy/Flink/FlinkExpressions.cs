using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Writes bound expressions in Flink SQL, where they give the same there.</summary>
/// <param name="slots">What stands for each column of the rows that the expression is about.</param>
/// <param name="windowStart">The slot of WINDOWSTART; null where there is none.</param>
internal sealed partial class FlinkExpressions(IReadOnlyDictionary<ColumnSlot, string> slots, ColumnSlot? windowStart)
{
    /// <exception cref="FlinkRefusedException">Flink would give something else, or has nothing like it.</exception>
    public string Write(BoundExpression expression) => expression switch
    {
        BoundConstant constant => Constant(constant),
        BoundColumn column => slots.TryGetValue(column.Slot, out var text)
            ? text
            : throw Refused(expression, $"{column.Slot.Name} is not translated"),
        BoundNegation negation => $"(-{Write(negation.Operand)})",
        BoundArithmetic arithmetic => Arithmetic(arithmetic),
        BoundComparison comparison => Comparison(comparison),
        BoundLogical logical => $"({Condition(logical.Left)} {(logical.IsAnd ? "AND" : "OR")} {Condition(logical.Right)})",
        BoundNot not => $"(NOT {Condition(not.Operand)})",
        BoundIsNull test => $"({Write(test.Operand)} IS {(test.Negated ? "NOT " : "")}NULL)",
        BoundIn list => $"COALESCE({Write(list.Operand)} IN ({string.Join(", ", list.Items.Select(Write))}), FALSE)",
        BoundCase cases => Case(cases),
        BoundCast cast => Cast(cast),
        BoundCall call => Call(call),
        _ => throw Refused(expression, "this is not translated"),
    };

    /// <summary>Writes a condition, which must be true or false: where ksqlDB takes a NULL otherwise than Flink, it is refused.</summary>
    /// <exception cref="FlinkRefusedException">It may be NULL, or is not translated.</exception>
    public string Condition(BoundExpression expression) => IsTrueOrFalse(expression)
        ? Write(expression)
        : throw Refused(expression, "a condition that may be NULL is taken otherwise by Flink; compare it, as in 'x = true'");

    private static bool IsTrueOrFalse(BoundExpression expression) =>
        expression is BoundComparison or BoundLogical or BoundNot or BoundIsNull or BoundIn or BoundConstant { Value: bool };

    private static string Constant(BoundConstant constant)
    {
        var type = FlinkText.Type(constant.Type, constant.Span);
        return constant.Value switch
        {
            null => $"CAST(NULL AS {type})",
            string text => FlinkText.Quote(text),
            bool flag => flag ? "TRUE" : "FALSE",
            int number => number.ToString(CultureInfo.InvariantCulture),
            IFormattable number => $"CAST({number.ToString("R", CultureInfo.InvariantCulture)} AS {type})",
            _ => throw Refused(constant, "this constant is not translated"),
        };
    }

    private string Arithmetic(BoundArithmetic arithmetic)
    {
        // Both divide whole numbers alike; by zero Flink's job ends, where ksqlDB gives NULL.
        var divides = arithmetic.Operator is "/" or "%";
        if (divides && arithmetic.Right is not BoundConstant { Value: int and not 0 or long and not 0L })
            throw Refused(arithmetic.Right, "a division is translated only by a whole number that stands there: by zero Flink's job ends");
        if (divides && arithmetic.Type.Base is not (SqlBaseType.Integer or SqlBaseType.Bigint))
            throw Refused(arithmetic, "a division is translated of whole numbers only");
        if (arithmetic.Type.Base == SqlBaseType.String)
            throw Refused(arithmetic, "+ of texts is not translated: they differ about NULL");
        return $"({Write(arithmetic.Left)} {arithmetic.Operator} {Write(arithmetic.Right)})";
    }

    /// <summary>A comparison with NULL is false in ksqlDB, and unknown in Flink.</summary>
    private string Comparison(BoundComparison comparison)
    {
        var (left, right) = (Write(comparison.Left), Write(comparison.Right));
        if (comparison.Operator.Contains("DISTINCT", StringComparison.Ordinal))
            return $"({left} {comparison.Operator} {right})";
        if (comparison.Operator is not ("=" or "<>") && comparison.Left.Type.Base is SqlBaseType.String or SqlBaseType.Boolean)
            throw Refused(comparison, "the order of texts is not translated: they order some letters in other ways");
        return $"COALESCE({left} {comparison.Operator} {right}, FALSE)";
    }

    private string Case(BoundCase cases)
    {
        var whens = cases.Whens.Select(when => $"WHEN {Condition(when.Condition)} THEN {Write(when.Result)}");
        return $"CASE {string.Join(' ', whens)} ELSE {Write(cases.Else)} END";
    }

    private string Cast(BoundCast cast)
    {
        var (from, to) = (cast.Operand.Type.Base, cast.Type.Base);
        var isWhole = from is SqlBaseType.Integer or SqlBaseType.Bigint;
        var widens = (isWhole && to is SqlBaseType.Bigint or SqlBaseType.Double) || from == to;
        if (!widens && !(isWhole && to == SqlBaseType.String))
            throw Refused(cast, $"a cast of {cast.Operand.Type} to {cast.Type} is not translated: the values differ in some cases");
        return $"CAST({Write(cast.Operand)} AS {FlinkText.Type(cast.Type, cast.Span)})";
    }

    private string Call(BoundCall call) => (call.Function.Name, call.Arguments) switch
    {
        ("UCASE", [var text]) => $"UPPER({Write(text)})",
        ("LCASE", [var text]) => $"LOWER({Write(text)})",
        ("IFNULL" or "COALESCE", _) => $"COALESCE({string.Join(", ", call.Arguments.Select(Write))})",
        ("TIMESTAMPTOSTRING" or "FORMAT_TIMESTAMP", [BoundColumn { Slot: var slot }, BoundConstant { Value: string pattern }])
            when slot == windowStart && Pattern().IsMatch(pattern) => $"DATE_FORMAT(`window_start`, {FlinkText.Quote(pattern)})",
        _ => throw Refused(call, $"{call.Function.Name} is not translated, or not with such arguments"),
    };

    private static FlinkRefusedException Refused(BoundExpression expression, string reason) => new(expression.Span, reason);

    /// <summary>Those parts of Java's patterns that both read alike.</summary>
    [GeneratedRegex(@"^(?:yyyy|MM|dd|HH|mm|ss|[-:/. ])+$")]
    private static partial Regex Pattern();
}
