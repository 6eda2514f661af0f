using System.Linq.Expressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Functions;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Evaluates one expression for a row, into a slot.</summary>
internal delegate void SlotEvaluator(Slot[] row, ref Slot result);

/// <summary>Says whether a row passes; NULL counts as no.</summary>
internal delegate bool RowPredicate(Slot[] row);

/// <summary>Turns bound expressions into delegates: typed code without boxing, but for elements of arrays, maps and structs.</summary>
/// <param name="context">Passed to functions that ask for it.</param>
/// <param name="errors">Counts every value that could not be evaluated.</param>
internal sealed class ExpressionCompiler(FunctionContext context, ExpressionErrors errors)
{
    private static readonly Type Access = typeof(SlotAccess);
    private static readonly System.Reflection.ConstructorInfo NullInLambda = typeof(FunctionException).GetConstructor([typeof(string)])!;

    private readonly ParameterExpression _row = Expression.Parameter(typeof(Slot[]), "row");
    private readonly Dictionary<LambdaParameter, ParameterExpression> _parameters = [];

    // How many lambdas stand around what is compiled.
    private int _lambdas;

    public ExpressionErrors Errors => errors;

    /// <summary>Whether what is compiled runs for a few rows only.</summary>
    public bool IsBrief { get; set; }

    /// <summary>
    /// The calls so far of functions that do not depend on the row alone, but on the time or on chance: what they give depends on when they
    /// are called.
    /// </summary>
    public int CallsOfMoreThanRow { get; set; }

    /// <summary>Compiles an expression. A failure inside (division by zero) gives NULL and is reported.</summary>
    public SlotEvaluator Evaluator(BoundExpression expression, string name)
    {
        if (expression is BoundColumn { Slot.Index: var index })
            return (Slot[] row, ref Slot slot) => slot = row[index];
        var result = Expression.Parameter(typeof(Slot).MakeByRefType(), "result");
        var value = Expression.Variable(expression.Type.ClrType, "value");
        var write = Access.GetMethod("Write" + SlotAccess.FormOf(expression.Type))!;
        var body = Expression.Block([value], Expression.Assign(value, Compile(expression)), Expression.Call(write, result, value));
        var inner = new CompiledLater<SlotEvaluator>(Expression.Lambda<SlotEvaluator>(body, _row, result), IsBrief);
        if (!CanThrow(expression))
            return (Slot[] row, ref Slot slot) => inner.Value(row, ref slot);
        return (Slot[] row, ref Slot slot) =>
        {
            try
            {
                inner.Value(row, ref slot);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                errors.Report(name, error);
                slot = default;
            }
        };
    }

    /// <summary>Compiles a condition; NULL and failures count as no.</summary>
    public RowPredicate Predicate(BoundExpression condition, string name)
    {
        var value = Expression.Equal(Compile(condition), Expression.Constant(true, typeof(bool?)));
        var inner = new CompiledLater<RowPredicate>(Expression.Lambda<RowPredicate>(value, _row), IsBrief);
        return !CanThrow(condition) ? row => inner.Value(row) : row =>
        {
            try
            {
                return inner.Value(row);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                errors.Report(name, error);
                return false;
            }
        };
    }

    /// <summary>Evaluates an expression without columns; the value is boxed.</summary>
    public object? Constant(BoundExpression expression)
    {
        var body = Expression.Convert(Compile(expression), typeof(object));
        return Expression.Lambda<Func<Slot[], object?>>(body, _row).Compile()([]);
    }

    /// <summary>Compiles the expression in its CLR form, <see cref="SqlType.ClrType"/>.</summary>
    public Expression Compile(BoundExpression expression) => expression switch
    {
        BoundConstant constant => Expression.Constant(constant.Value, constant.Type.ClrType),
        BoundColumn column => ReadColumn(column),
        BoundParameter parameter => Expression.Convert(_parameters[parameter.Parameter], parameter.Type.ClrType),
        BoundNegation negation => NotNullInLambda(OperatorCompiler.Negate(Compile(negation.Operand), negation.Type)),
        BoundArithmetic arithmetic =>
            NotNullInLambda(OperatorCompiler.Arithmetic(arithmetic, Compile(arithmetic.Left), Compile(arithmetic.Right))),
        BoundComparison comparison => DoubleBound.Compile(comparison, Compile) ?? ComparisonCompiler.Compile(
            comparison.Operator, comparison.Left.Type, Compile(comparison.Left), Compile(comparison.Right)),
        BoundLogical logical => OperatorCompiler.Logical(logical.IsAnd, Compile(logical.Left), Compile(logical.Right)),
        BoundNot not => Expression.Not(Compile(not.Operand)),
        BoundIsNull isNull => NullTest(Compile(isNull.Operand), isNull.Negated),
        BoundLike like => CompileLike(like),
        BoundIn inList => CompileIn(inList),
        BoundCase @case => CompileCase(@case),
        BoundCast cast => CastCompiler.Compile(Compile(cast.Operand), cast.Operand.Type, cast.Type),
        BoundElement or BoundMapValue or BoundField or BoundArray or BoundMap or BoundStruct =>
            new CollectionCompiler(this).Compile(expression),
        BoundCall call => new CallCompiler(this, context).Compile(call),
        BoundLambda lambda => CompileLambda(lambda),
        _ => throw new InvalidOperationException($"no code for {expression.GetType().Name}"),
    };

    /// <summary>Whether a value of that CLR form is NULL.</summary>
    public static Expression IsNull(Expression value) => value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is not null
        ? Expression.Not(Expression.Property(value, "HasValue"))
        : Expression.ReferenceEqual(value, Expression.Constant(null, value.Type));

    private static Expression NullTest(Expression value, bool negated)
    {
        var isNull = IsNull(value);
        return Expression.Convert(negated ? Expression.Not(isNull) : isNull, typeof(bool?));
    }

    /// <summary>Arithmetic, casts, subscripts and calls may fail; columns, comparisons and logic cannot.</summary>
    private static bool CanThrow(BoundExpression expression) => expression switch
    {
        BoundConstant or BoundColumn or BoundParameter => false,
        BoundComparison comparison => CanThrow(comparison.Left) || CanThrow(comparison.Right),
        BoundLogical logical => CanThrow(logical.Left) || CanThrow(logical.Right),
        BoundNot not => CanThrow(not.Operand),
        BoundIsNull isNull => CanThrow(isNull.Operand),
        _ => true,
    };

    private Expression ReadColumn(BoundColumn column)
    {
        var read = Expression.Call(
            Access.GetMethod("Read" + SlotAccess.FormOf(column.Type))!, _row, Expression.Constant(column.Slot.Index));
        return read.Type == column.Type.ClrType ? read : Expression.Convert(read, column.Type.ClrType);
    }

    private Expression CompileLike(BoundLike like)
    {
        var text = Compile(like.Operand);
        if (like.Pattern is BoundConstant { Value: string pattern })
        {
            var fixedPattern = Expression.Constant(new LikePattern(pattern, like.Escape));
            return Expression.Call(((Func<string?, LikePattern, bool?>)MatchesFixed).Method, text, fixedPattern);
        }
        var escape = Expression.Constant(like.Escape, typeof(char?));
        return Expression.Call(((Func<string?, string?, char?, bool?>)Matches).Method, text, Compile(like.Pattern), escape);
    }

    private static bool? MatchesFixed(string? text, LikePattern pattern) => text is not null && pattern.Matches(text);

    private static bool? Matches(string? text, string? pattern, char? escape) =>
        text is not null && pattern is not null && new LikePattern(pattern, escape).Matches(text);

    private Expression CompileIn(BoundIn inList)
    {
        var type = inList.Operand.Type;
        var operand = Expression.Variable(type.ClrType, "operand");
        Expression any = Expression.Constant(false, typeof(bool?));
        foreach (var item in inList.Items.Reverse())
            any = OperatorCompiler.Logical(isAnd: false, ComparisonCompiler.Compile("=", type, operand, Compile(item)), any);
        return Expression.Block([operand], Expression.Assign(operand, Compile(inList.Operand)), any);
    }

    private Expression CompileCase(BoundCase expression)
    {
        var result = Compile(expression.Else);
        foreach (var when in expression.Whens.Reverse())
        {
            var holds = Expression.Equal(Compile(when.Condition), Expression.Constant(true, typeof(bool?)));
            result = Expression.Condition(holds, Compile(when.Result), result);
        }
        return result;
    }

    /// <summary>Compiles a lambda to a delegate from objects to an object; it sees the row and the lambdas around it.</summary>
    private LambdaExpression CompileLambda(BoundLambda lambda)
    {
        var parameters = lambda.Parameters.Select(parameter => Expression.Parameter(typeof(object), parameter.Name)).ToArray();
        for (var i = 0; i < parameters.Length; i++)
            _parameters[lambda.Parameters[i]] = parameters[i];
        _lambdas++;
        var body = Expression.Convert(Compile(lambda.Body), typeof(object));
        _lambdas--;
        return Expression.Lambda(body, parameters);
    }

    /// <summary>
    /// Arithmetic with a NULL in a lambda makes the whole call NULL, as the null pointer does in ksqlDB's generated Java.
    /// </summary>
    private Expression NotNullInLambda(Expression value)
    {
        if (_lambdas == 0 || value.Type == typeof(string))
            return value;
        var result = Expression.Variable(value.Type, "result");
        var thrown = Expression.Throw(Expression.New(NullInLambda, Expression.Constant("the lambda reckons with a NULL")), value.Type);
        return Expression.Block([result], Expression.Assign(result, value), Expression.Condition(IsNull(result), thrown, result));
    }
}
