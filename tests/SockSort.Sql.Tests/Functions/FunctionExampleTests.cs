using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Functions;
using SockSort.Sql.Values;

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

        var value = Calls.Evaluate(call, errors);

        Assert.Null(errors.Last);
        Assert.Equal(result, value is null ? "null" : SqlValueText.Of(value));
    }
}
