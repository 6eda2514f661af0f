using SockSort.Sql.Engine.Results;
using SockSort.Sql.Functions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The result of <c>DESCRIBE FUNCTION</c>.</summary>
internal sealed class DescribeFunctions(FunctionRegistry functions)
{
    /// <exception cref="SqlException">There is no such function.</exception>
    public FunctionResult Describe(string name, SourceSpan at)
    {
        if (functions.Scalar(name) is { } scalar)
            return Result(name, "SCALAR", scalar.Description, scalar.Overloads.Select(Form), scalar.Examples);
        if (functions.Aggregate(name) is { } aggregate)
            return Result(name, "AGGREGATE", aggregate.Description, aggregate.Overloads.Select(Form), aggregate.Examples);
        return functions.Table(name) is { } table
            ? Result(name, "TABLE", table.Description, table.Overloads.Select(Form), table.Examples)
            : throw StatementErrors.FunctionNotFound(name, functions.Names, at);
    }

    private static FunctionResult Result(
        string name, string kind, string description, IEnumerable<FunctionForm> forms, IEnumerable<FunctionExample> examples) =>
        new(name, kind, description, [.. forms], [.. examples.Select(example => $"{example.Shown} => {example.Result}")]);

    private static FunctionForm Form(FunctionOverload overload) =>
        new(Arguments(overload.Parameters, overload.IsVariadic), SampleTypes.Result(overload));

    private static FunctionForm Form(AggregateOverload overload) =>
        new(Arguments(overload.Parameters, overload.IsVariadic), SampleTypes.Result(overload));

    private static IReadOnlyList<FunctionArgument> Arguments(IReadOnlyList<FunctionParameter> parameters, bool isVariadic) =>
        [
            .. parameters.Select(
                (parameter, i) => new FunctionArgument(parameter.Name, $"{parameter.Type}", isVariadic && i == parameters.Count - 1)),
        ];
}
