using System.Text;
using SockSort.Sql.Functions;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Engine;

/// <summary><c>DESCRIBE FUNCTION</c>.</summary>
internal sealed class DescribeFunctions(FunctionRegistry functions)
{
    /// <exception cref="SqlException">There is no such function.</exception>
    public TextResult Describe(string name, SourceSpan at)
    {
        if (functions.Scalar(name) is { } scalar)
            return Text(name, "scalar", scalar.Description, scalar.Overloads.Select(overload => overload.Signature), scalar.Examples);
        if (functions.Aggregate(name) is { } aggregate)
            return Text(name, "aggregate", aggregate.Description, aggregate.Overloads.Select(overload => overload.Signature), aggregate.Examples);
        return functions.Table(name) is { } table
            ? Text(name, "table", table.Description, table.Overloads.Select(overload => overload.Signature), table.Examples)
            : throw SqlErrors.FunctionNotFound(name, functions.Names, at);
    }

    private static TextResult Text(string name, string kind, string description, IEnumerable<string> signatures, IReadOnlyList<FunctionExample> examples)
    {
        var text = new StringBuilder($"Name        : {name}\nType        : {kind}\nOverview    : {description}\nVariations  :\n");
        foreach (var signature in signatures)
            _ = text.Append($"  {name}{signature}\n");
        foreach (var example in examples)
            _ = text.Append($"Example     : {example.Shown} => {example.Result}\n");
        return new(text.ToString().TrimEnd());
    }
}
