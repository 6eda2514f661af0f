using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Functions;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Tests.Functions;

/// <summary>Works expressions without columns out.</summary>
internal static class Calls
{
    public static object? Evaluate(string text, ExpressionErrors errors)
    {
        var binder = new ExpressionBinder(FunctionRegistry.BuiltIn, new TypeResolver(new Dictionary<string, SqlType>()), new NoColumns());
        var context = new FunctionContext(TimeProvider.System, new Random(1));
        return new ExpressionCompiler(context, errors).Constant(binder.Bind(SqlParser.ParseExpression(text)));
    }

    private sealed class NoColumns : INameScope
    {
        public BoundExpression Column(ColumnName column) => throw new InvalidOperationException($"a call has a column: {column.Name}");
    }
}
