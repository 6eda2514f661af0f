using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>An expression whose names and types are known, ready to be compiled.</summary>
/// <param name="Type">The type of its value; implicit conversions are nodes of their own (<see cref="BoundCast"/>).</param>
public abstract record BoundExpression(SqlType Type, SourceSpan Span);

/// <param name="Value">Boxed as <see cref="SqlArray"/> holds values; null for NULL.</param>
public sealed record BoundConstant(object? Value, SqlType Type, SourceSpan Span) : BoundExpression(Type, Span);

public sealed record BoundColumn(ColumnSlot Slot, SourceSpan Span) : BoundExpression(Slot.Type, Span);

public sealed record BoundNegation(BoundExpression Operand, SourceSpan Span) : BoundExpression(Operand.Type, Span);

/// <summary>Both operands have the node's type, but for decimals, whose precisions differ.</summary>
public sealed record BoundArithmetic(string Operator, BoundExpression Left, BoundExpression Right, SqlType Type, SourceSpan Span)
    : BoundExpression(Type, Span);

/// <summary>Both operands have one type, but for decimals, whose precisions may differ.</summary>
public sealed record BoundComparison(string Operator, BoundExpression Left, BoundExpression Right, SourceSpan Span)
    : BoundExpression(SqlType.Boolean, Span);

public sealed record BoundLogical(bool IsAnd, BoundExpression Left, BoundExpression Right, SourceSpan Span)
    : BoundExpression(SqlType.Boolean, Span);

public sealed record BoundNot(BoundExpression Operand, SourceSpan Span) : BoundExpression(SqlType.Boolean, Span);

public sealed record BoundIsNull(BoundExpression Operand, bool Negated, SourceSpan Span) : BoundExpression(SqlType.Boolean, Span);

public sealed record BoundLike(BoundExpression Operand, BoundExpression Pattern, char? Escape, SourceSpan Span)
    : BoundExpression(SqlType.Boolean, Span);

/// <summary>The items have the operand's type.</summary>
public sealed record BoundIn(BoundExpression Operand, IReadOnlyList<BoundExpression> Items, SourceSpan Span)
    : BoundExpression(SqlType.Boolean, Span);

/// <summary>The results have the node's type; a missing ELSE is a NULL constant.</summary>
public sealed record BoundCase(IReadOnlyList<BoundWhen> Whens, BoundExpression Else, SqlType Type, SourceSpan Span)
    : BoundExpression(Type, Span);

public sealed record BoundWhen(BoundExpression Condition, BoundExpression Result);

public sealed record BoundCast(BoundExpression Operand, SqlType Type, SourceSpan Span) : BoundExpression(Type, Span);

/// <summary>An element by its number from 1, or from the end when negative.</summary>
public sealed record BoundElement(BoundExpression Array, BoundExpression Index, SqlType Type, SourceSpan Span)
    : BoundExpression(Type, Span);

public sealed record BoundMapValue(BoundExpression Map, BoundExpression Key, SqlType Type, SourceSpan Span) : BoundExpression(Type, Span);

/// <param name="Index">Index of the field, from 0.</param>
public sealed record BoundField(BoundExpression Struct, int Index, SqlType Type, SourceSpan Span) : BoundExpression(Type, Span);

public sealed record BoundArray(IReadOnlyList<BoundExpression> Items, SqlType Type, SourceSpan Span) : BoundExpression(Type, Span);

public sealed record BoundMap(IReadOnlyList<(BoundExpression Key, BoundExpression Value)> Entries, SqlType Type, SourceSpan Span)
    : BoundExpression(Type, Span);

public sealed record BoundStruct(IReadOnlyList<BoundExpression> Values, StructType Row, SourceSpan Span) : BoundExpression(Row, Span);

/// <summary>The arguments have the overload's types, one for each parameter; a variadic one has one for each value.</summary>
public sealed record BoundCall(
    ScalarFunction Function, FunctionOverload Overload, IReadOnlyList<BoundExpression> Arguments, SqlType Type, SourceSpan Span)
    : BoundExpression(Type, Span);

public sealed record BoundLambda(IReadOnlyList<LambdaParameter> Parameters, BoundExpression Body, SourceSpan Span)
    : BoundExpression(SqlType.Lambda, Span);

public sealed record BoundParameter(LambdaParameter Parameter, SourceSpan Span) : BoundExpression(Parameter.Type, Span);

/// <summary>A lambda's parameter: one object, compared by identity.</summary>
public sealed class LambdaParameter(string name, SqlType type)
{
    public string Name { get; } = name;

    public SqlType Type { get; } = type;
}
