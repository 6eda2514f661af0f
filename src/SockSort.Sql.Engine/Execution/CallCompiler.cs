using System.Linq.Expressions;
using SockSort.Sql.Binding;
using SockSort.Sql.Functions;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Compiles the call of a function: arguments in the body's CLR forms, NULL handling, and NULL instead of an exception.</summary>
internal sealed class CallCompiler(ExpressionCompiler compiler, FunctionContext context)
{
    public Expression Compile(BoundCall call)
    {
        var overload = call.Overload;
        var formal = overload.Body.GetType().GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType).ToArray();
        var contextual = formal.Length > 0 && formal[0] == typeof(FunctionContext) ? 1 : 0;
        var fixedCount = overload.IsVariadic ? overload.Parameters.Count - 1 : call.Arguments.Count;
        var locals = new List<ParameterExpression>();
        var steps = new List<Expression>();
        var passed = new List<Expression>();
        // Without arguments it is a constant, or as UUID another value each time.
        if (contextual == 1 || overload.Parameters.Count == 0)
            compiler.CallsOfMoreThanRow++;
        if (contextual == 1)
            passed.Add(Expression.Constant(context));
        for (var i = 0; i < fixedCount; i++)
            passed.Add(Argument(call.Arguments[i], formal[i + contextual], locals, steps));
        if (overload.IsVariadic)
            passed.Add(Rest([.. call.Arguments.Skip(fixedCount)], formal[^1]));
        var clrType = call.Type.ClrType;
        var result = Expression.Variable(clrType, "result");
        Expression invoke = Expression.Assign(result, Result(Expression.Invoke(Expression.Constant(overload.Body), passed), call.Type));
        if (!overload.SeesNulls && AnyNull(locals) is { } anyNull)
            invoke = Expression.IfThen(Expression.Not(anyNull), invoke);
        steps.Add(Guarded(call, result, invoke));
        steps.Add(result);
        return Expression.Block(clrType, [.. locals, result], steps);
    }

    /// <summary>The value is kept in a variable so that it is worked out once, tested for NULL and passed on.</summary>
    private Expression Argument(BoundExpression argument, Type formal, List<ParameterExpression> locals, List<Expression> steps)
    {
        var value = compiler.Compile(argument);
        if (argument is BoundLambda)
            return Expression.Convert(value, formal);
        var local = Expression.Variable(value.Type, $"argument{locals.Count}");
        locals.Add(local);
        steps.Add(Expression.Assign(local, value));
        return Nullable.GetUnderlyingType(local.Type) == formal ? Expression.Call(local, "GetValueOrDefault", null)
            : local.Type == formal ? local
            : Expression.Convert(local, formal);
    }

    private Expression Rest(IReadOnlyList<BoundExpression> arguments, Type formal)
    {
        var element = formal.GetElementType()!;
        return Expression.NewArrayInit(element, arguments.Select(argument => Expression.Convert(compiler.Compile(argument), element)));
    }

    private static Expression? AnyNull(List<ParameterExpression> locals) => locals.Count == 0
        ? null
        : locals.Select(ExpressionCompiler.IsNull).Aggregate(Expression.OrElse);

    private static Expression Result(Expression value, SqlType type) =>
        value.Type == type.ClrType ? value : Expression.Convert(value, type.ClrType);

    private TryExpression Guarded(BoundCall call, ParameterExpression result, Expression invoke)
    {
        var error = Expression.Parameter(typeof(Exception), "error");
        var report = Expression.Call(
            Expression.Constant(compiler.Errors), nameof(ExpressionErrors.Report), null, Expression.Constant(call.Function.Name), error);
        var onError = Expression.Block(typeof(void), report, Expression.Assign(result, Expression.Default(result.Type)));
        return Expression.TryCatch(Expression.Block(typeof(void), invoke), Expression.Catch(error, onError));
    }
}
