using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <param name="Name">The name shown in the reference.</param>
public sealed record FunctionParameter(string Name, TypePattern Type);

/// <summary>One form of a function: parameters, result and body.</summary>
/// <param name="Parameters">In order; the last one repeats when <paramref name="IsVariadic"/> (none, one or more values).</param>
/// <param name="Returns">The result's type from the arguments' types (after conversion) and the variables of the patterns.</param>
/// <param name="Body">
/// Takes one value for each parameter in its CLR form (<see cref="SqlType.ClrType"/>; without <c>?</c> unless
/// <paramref name="SeesNulls"/>); a variadic form takes <c>object?[]</c> last. A first parameter of type
/// <see cref="FunctionContext"/> is given by the engine. Lambdas come as <c>Func&lt;object?, …, object?&gt;</c>.
/// </param>
/// <param name="SeesNulls">False: NULL in gives NULL out and the body is not called.</param>
public sealed record FunctionOverload(
    IReadOnlyList<FunctionParameter> Parameters,
    bool IsVariadic,
    Func<IReadOnlyList<SqlType>, IReadOnlyDictionary<string, SqlType>, SqlType> Returns,
    Delegate Body,
    bool SeesNulls)
{
    /// <summary><c>(value BIGINT, others STRING...)</c>.</summary>
    public string Signature =>
        $"({string.Join(", ", Parameters.Select((p, i) => $"{p.Name} {p.Type}{(IsVariadic && i == Parameters.Count - 1 ? "..." : "")}"))})";
}

/// <summary>What a function may use beside its arguments.</summary>
/// <param name="Clock">The clock of the engine.</param>
/// <param name="Random">The engine's random numbers.</param>
public sealed record FunctionContext(TimeProvider Clock, Random Random);
