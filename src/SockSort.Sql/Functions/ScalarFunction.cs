using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <param name="Call">A call with constants: a test runs it.</param>
/// <param name="Result">The result as SQL prints it; of a table function its rows, parted by semicolons.</param>
public sealed record FunctionExample(string Call, string Result)
{
    /// <summary>The columns of an aggregate's rows, <c>x INT, y INT</c>; null for other functions.</summary>
    public string? Columns { get; init; }

    /// <summary>The values of an aggregate's rows as literals, separated by semicolons: <c>1, 2; 3, NULL</c>.</summary>
    public string? Rows { get; init; }

    /// <summary>The call, with the rows that it is about.</summary>
    public string Shown => Rows is null ? Call : $"{Call} of {Rows}";
}

/// <summary>
/// A function of one row: name, description, examples and one or more forms. Made in a family's file:
/// <code>
/// new ScalarFunction("ABS", "the absolute value").Example("ABS(-3)", "3")
///     .On((int value) => Math.Abs(value))
///     .On((BigDecimal value) => value.Sign &lt; 0 ? -value : value, types => types[0])
///     .On("items ARRAY&lt;T&gt;, wanted T", "BOOLEAN", (SqlArray items, object? wanted) => items.Contains(wanted), seesNulls: true)
/// </code>
/// </summary>
/// <remarks>
/// A body that throws makes its value NULL and is counted and shown by the query (message of the exception); so a body may throw
/// <see cref="FunctionException"/> with a text for the user. Docs and tests are made from what stands here.
/// </remarks>
/// <param name="name">The name in upper case.</param>
/// <param name="description">One sentence for the reference, without its full stop.</param>
public sealed class ScalarFunction(string name, string description)
{
    private readonly List<FunctionOverload> _overloads = [];
    private readonly List<FunctionExample> _examples = [];

    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<FunctionOverload> Overloads => _overloads;

    public IReadOnlyList<FunctionExample> Examples => _examples;

    /// <summary>The family's title in the reference; set when the registry collects it.</summary>
    public string Family { get; internal set; } = "";

    /// <summary>How NULL is treated, where it is more than "NULL in, NULL out"; without full stop. Else null.</summary>
    public string? NullRule { get; private set; }

    /// <summary>Documents how NULL is treated: needed where a form sees NULLs or takes any number of values.</summary>
    public ScalarFunction Nulls(string rule)
    {
        NullRule = rule;
        return this;
    }

    public ScalarFunction Example(string call, string result)
    {
        _examples.Add(new(call, result));
        return this;
    }

    /// <summary>Adds a form whose SQL types follow from the body's parameter and result types; NULL in gives NULL out.</summary>
    /// <param name="body">A lambda with typed parameters; its parameter names are shown in the reference.</param>
    /// <param name="returns">The result's type where it depends on the arguments' (decimals); else null.</param>
    public ScalarFunction On(Delegate body, Func<IReadOnlyList<SqlType>, SqlType>? returns = null)
    {
        var method = body.Method;
        var parameters = method.GetParameters().Where(p => p.ParameterType != typeof(FunctionContext))
            .Select(p => new FunctionParameter(p.Name!, ClrTypes.PatternOf(p.ParameterType))).ToList();
        var result = returns is null ? ClrTypes.TypeOf(method.ReturnType) : null;
        var seesNulls = method.GetParameters().Any(p => Nullable.GetUnderlyingType(p.ParameterType) is not null);
        _overloads.Add(new(parameters, false, (types, _) => result ?? returns!(types), body, seesNulls));
        return this;
    }

    /// <summary>
    /// Adds a form with its signature written out: needed for arrays, maps, structs, lambdas, variables and variadic forms.
    /// </summary>
    /// <param name="parameters">
    /// <c>"items ARRAY&lt;T&gt;, wanted T"</c>; <c>"separator STRING, parts STRING..."</c>; empty for none.
    /// </param>
    /// <param name="returns">A type, with variables: <c>"ARRAY&lt;T&gt;"</c>.</param>
    public ScalarFunction On(string parameters, string returns, Delegate body, bool seesNulls = false)
    {
        var result = TypePattern.Parse(returns);
        return On(parameters, (_, variables) => result.Resolve(variables), body, seesNulls);
    }

    /// <summary>Adds a form whose result's type follows from the arguments' types and the variables.</summary>
    public ScalarFunction On(
        string parameters, Func<IReadOnlyList<SqlType>, IReadOnlyDictionary<string, SqlType>, SqlType> returns, Delegate body,
        bool seesNulls = false)
    {
        var (list, isVariadic) = ParseParameters(parameters);
        _overloads.Add(new(list, isVariadic, returns, body, seesNulls));
        return this;
    }

    /// <summary>Reads <c>name TYPE, name TYPE...</c>.</summary>
    internal static (List<FunctionParameter> Parameters, bool IsVariadic) ParseParameters(string text)
    {
        var reader = new PatternReader(text);
        var list = new List<FunctionParameter>();
        while (!reader.AtEnd)
        {
            list.Add(new(reader.Word(), reader.Pattern()));
            if (reader.TryTake("..."))
                return (list, true);
            if (!reader.TryTake(",") && !reader.AtEnd)
                throw new FormatException($"'{text}': a comma is missing");
        }
        return (list, false);
    }
}

/// <summary>A file of functions that belong together; found by the registry without being listed anywhere.</summary>
internal interface IFunctionFamily
{
    /// <summary>The family's heading in the reference.</summary>
    string Title { get; }

    IEnumerable<ScalarFunction> Functions { get; }
}
