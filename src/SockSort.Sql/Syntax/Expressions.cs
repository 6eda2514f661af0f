using SockSort.Sql.Types;

namespace SockSort.Sql.Syntax;

/// <summary>An expression as written. <see cref="Span"/> is its place in the script.</summary>
public abstract record Expression(SourceSpan Span)
{
    /// <summary>Prints the expression in one fixed form, whatever its blanks and case were.</summary>
    public sealed override string ToString() => SqlPrinter.Print(this);
}

public sealed record NullLiteral(SourceSpan Span) : Expression(Span);

internal sealed record BooleanLiteral(bool Value, SourceSpan Span) : Expression(Span);

public sealed record IntegerLiteral(int Value, SourceSpan Span) : Expression(Span);

public sealed record BigintLiteral(long Value, SourceSpan Span) : Expression(Span);

internal sealed record DecimalLiteral(BigDecimal Value, SourceSpan Span) : Expression(Span);

/// <param name="Written">The digits as written, for printing.</param>
internal sealed record DoubleLiteral(double Value, string Written, SourceSpan Span) : Expression(Span);

public sealed record StringLiteral(string Value, SourceSpan Span) : Expression(Span);

/// <param name="Qualifier">Source name or alias before the dot, or null.</param>
public sealed record ColumnName(string? Qualifier, string Name, SourceSpan Span) : Expression(Span);

/// <summary><c>base-&gt;field</c>.</summary>
internal sealed record FieldAccess(Expression Base, string Field, SourceSpan Span) : Expression(Span);

/// <summary><c>base[index]</c>: an array's element or a map's value.</summary>
internal sealed record Subscript(Expression Base, Expression Index, SourceSpan Span) : Expression(Span);

/// <summary>A call; <c>COUNT(*)</c> has no arguments and <paramref name="IsStar"/>.</summary>
internal sealed record FunctionCall(string Name, IReadOnlyList<Expression> Arguments, bool IsStar, SourceSpan NameSpan, SourceSpan Span)
    : Expression(Span);

/// <summary>A unit of time as an argument (<c>DATEADD(DAYS, …)</c>).</summary>
internal sealed record TimeUnitLiteral(string Unit, SourceSpan Span) : Expression(Span);

internal sealed record Negation(Expression Operand, SourceSpan Span) : Expression(Span);

/// <param name="Operator">One of <c>+ - * / %</c>.</param>
internal sealed record Arithmetic(string Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <param name="Operator">One of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>, <c>IS DISTINCT FROM</c>, <c>IS NOT DISTINCT FROM</c>.</param>
public sealed record Comparison(string Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <param name="Operator"><c>AND</c> or <c>OR</c>.</param>
public sealed record Logical(string Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

internal sealed record Not(Expression Operand, SourceSpan Span) : Expression(Span);

internal sealed record IsNull(Expression Operand, bool Negated, SourceSpan Span) : Expression(Span);

public sealed record Between(Expression Operand, Expression Low, Expression High, bool Negated, SourceSpan Span) : Expression(Span);

public sealed record InList(Expression Operand, IReadOnlyList<Expression> Items, bool Negated, SourceSpan Span) : Expression(Span);

internal sealed record Like(Expression Operand, Expression Pattern, char? Escape, bool Negated, SourceSpan Span) : Expression(Span);

/// <param name="Operand">Null for the searched form <c>CASE WHEN condition THEN …</c>.</param>
internal sealed record Case(Expression? Operand, IReadOnlyList<WhenClause> Whens, Expression? Else, SourceSpan Span) : Expression(Span);

internal sealed record WhenClause(Expression When, Expression Then);

/// <param name="Type">As written: custom type names are resolved when the expression is bound.</param>
internal sealed record Cast(Expression Operand, TypeName Type, SourceSpan Span) : Expression(Span);

internal sealed record ArrayConstructor(IReadOnlyList<Expression> Items, SourceSpan Span) : Expression(Span);

internal sealed record MapConstructor(IReadOnlyList<MapEntry> Entries, SourceSpan Span) : Expression(Span);

internal sealed record MapEntry(Expression Key, Expression Value);

internal sealed record StructConstructor(IReadOnlyList<StructEntry> Fields, SourceSpan Span) : Expression(Span);

internal sealed record StructEntry(string Name, Expression Value);

/// <summary><c>(a, b) =&gt; body</c>.</summary>
internal sealed record Lambda(IReadOnlyList<string> Parameters, Expression Body, SourceSpan Span) : Expression(Span);
