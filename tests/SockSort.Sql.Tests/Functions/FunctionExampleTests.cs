using SockSort.Sql.Binding;
using SockSort.Sql.Engine;
using SockSort.Sql.Execution;
using SockSort.Sql.Functions;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Tests.Functions;

/// <summary>Every example of the reference is run.</summary>
public class FunctionExampleTests
{
    public static TheoryData<string, string> Examples =>
        [.. FunctionRegistry.BuiltIn.Scalars.SelectMany(function => function.Examples).Select(example => (example.Call, example.Result))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_what_the_reference_says(string call, string result)
    {
        var errors = new ExpressionErrors();

        var value = Evaluate(call, errors);

        Assert.Null(errors.Last);
        Assert.Equal(result, value is null ? "null" : SqlValueText.Of(value));
    }

    private static object? Evaluate(string text, ExpressionErrors errors)
    {
        var binder = new ExpressionBinder(FunctionRegistry.BuiltIn, new TypeResolver(new Dictionary<string, SqlType>()), new NoColumns());
        var context = new FunctionContext(TimeProvider.System, new Random(1));
        return new ExpressionCompiler(context, errors).Constant(binder.Bind(SqlParser.ParseExpression(text)));
    }

    private sealed class NoColumns : INameScope
    {
        public BoundExpression Column(ColumnName column) => throw new InvalidOperationException($"an example has a column: {column.Name}");
    }
}
