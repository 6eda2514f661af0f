namespace SockSort.Sql.Syntax;

/// <summary><c>SELECT … FROM …</c> with its clauses; absent ones are null or empty.</summary>
public sealed record Query(
    IReadOnlyList<SelectItem> Items,
    Relation From,
    WindowClause? Window,
    Expression? Where,
    GroupingClause? GroupBy,
    GroupingClause? PartitionBy,
    Expression? Having,
    EmitMode? Emit,
    int? Limit,
    SourceSpan Span)
{
    /// <summary>Where the first lambda of its expressions stands; null where there is none.</summary>
    public SourceSpan? FirstLambda() => Expressions.SelectMany(SyntaxRewriter.Parts).OfType<Lambda>().FirstOrDefault()?.Span;

    /// <summary>Its expressions in the order of the text, but for those of joins.</summary>
    internal IEnumerable<Expression> Expressions =>
        Items.Select(Of).Append(Where).Concat(GroupBy?.Expressions ?? []).Concat(PartitionBy?.Expressions ?? []).Append(Having)
            .OfType<Expression>();

    private static Expression? Of(SelectItem item) => item switch
    {
        ExpressionItem { Expression: var expression } => expression,
        StructStarItem { Struct: var expression } => expression,
        _ => null,
    };
}

public enum EmitMode
{
    Changes,
    Final,
}

public abstract record SelectItem(SourceSpan Span);

/// <summary><c>*</c> or <c>source.*</c>.</summary>
internal sealed record StarItem(string? Qualifier, SourceSpan Span) : SelectItem(Span);

/// <summary><c>structure-&gt;*</c>: each field as a column.</summary>
internal sealed record StructStarItem(Expression Struct, SourceSpan Span) : SelectItem(Span);

public sealed record ExpressionItem(Expression Expression, string? Alias, SourceSpan Span) : SelectItem(Span);

public abstract record Relation(SourceSpan Span);

internal sealed record SourceRelation(string Name, string? Alias, SourceSpan Span) : Relation(Span)
{
    /// <summary>The name that qualifies its columns.</summary>
    public string Label => Alias ?? Name;
}

public enum JoinKind
{
    Inner,
    Left,
    Right,
    Outer,
}

internal sealed record JoinRelation(
    Relation Left, SourceRelation Right, JoinKind Kind, WithinClause? Within, Expression On, SourceSpan Span)
    : Relation(Span);

/// <summary><c>WITHIN before</c>, <c>WITHIN (before, after)</c>, with grace.</summary>
public sealed record WithinClause(TimeSpan Before, TimeSpan After, TimeSpan? Grace, SourceSpan Span);

public enum WindowKind
{
    Tumbling,
    Hopping,
    Session,
}

/// <param name="Size">Window size; for sessions the gap of inactivity.</param>
/// <param name="Advance">Equal to <paramref name="Size"/> but for hopping windows.</param>
public sealed record WindowClause(WindowKind Kind, TimeSpan Size, TimeSpan Advance, TimeSpan? Retention, TimeSpan? Grace, SourceSpan Span);

/// <summary>The expressions of <c>GROUP BY</c> or <c>PARTITION BY</c>.</summary>
public sealed record GroupingClause(IReadOnlyList<Expression> Expressions, SourceSpan Span);
