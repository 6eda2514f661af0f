using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions;

/// <summary>A function over the rows of a group, made of forms: each says which types it takes and makes an accumulator for them.</summary>
/// <param name="name">The name in upper case.</param>
/// <param name="description">One sentence for the reference, without its full stop.</param>
public sealed class AggregateFunction(string name, string description)
{
    private readonly List<AggregateOverload> _overloads = [];
    private readonly List<FunctionExample> _examples = [];

    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<AggregateOverload> Overloads => _overloads;

    public IReadOnlyList<FunctionExample> Examples => _examples;

    /// <summary>
    /// True where ksqlDB keeps the state between rows in a type that DELIMITED cannot hold (average-udaf.json: average - DELIMITED).
    /// </summary>
    public bool HasStructuredState { get; init; }

    /// <summary>How NULLs are treated; without full stop.</summary>
    public string NullRule { get; private set; } = "NULLs are left out";

    /// <summary>Documents how NULLs are treated where they are more than left out.</summary>
    public AggregateFunction Nulls(string rule)
    {
        NullRule = rule;
        return this;
    }

    /// <param name="call">A call over the columns; a test runs it.</param>
    /// <param name="columns"><c>x INT, y INT</c>.</param>
    /// <param name="rows">Literals of a group's rows, parted by semicolons: <c>1, 2; 3, NULL</c>.</param>
    public AggregateFunction Example(string call, string columns, string rows, string result)
    {
        _examples.Add(new(call, result) { Columns = columns, Rows = rows });
        return this;
    }

    /// <param name="parameters">The parameters, as in <see cref="ScalarFunction.On(string, string, Delegate, bool)"/>.</param>
    /// <param name="returns">The result's type from the arguments' types.</param>
    /// <param name="make">
    /// The accumulator for arguments of these types; <c>constants</c> holds the values of arguments that are literals, else null.
    /// </param>
    public AggregateFunction On(string parameters, Func<IReadOnlyList<SqlType>, SqlType> returns, Func<AggregateCall, Accumulator> make)
    {
        var (list, isVariadic) = ScalarFunction.ParseParameters(parameters);
        _overloads.Add(new(list, isVariadic, returns, make));
        return this;
    }
}

/// <param name="Types">Types of the arguments.</param>
/// <param name="Constants">Boxed values of those arguments that are literals, null for the others.</param>
/// <param name="Settings">The session's properties: <c>ksql.functions.collect_set.limit</c>.</param>
public sealed record AggregateCall(
    IReadOnlyList<SqlType> Types, IReadOnlyList<object?> Constants, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>A whole number above 0 that a property sets for one function; else the default.</summary>
    public int Limit(string function, int otherwise) =>
        Settings.TryGetValue($"ksql.functions.{function}.limit", out var text)
            && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : otherwise;
}

public sealed record AggregateOverload(
    IReadOnlyList<FunctionParameter> Parameters, bool IsVariadic, Func<IReadOnlyList<SqlType>, SqlType> Returns, Func<AggregateCall,
    Accumulator> Make)
{
    public string Signature => new FunctionOverload(Parameters, IsVariadic, (types, _) => Returns(types), () => 0, false).Signature;
}

/// <summary>
/// How an aggregate starts, takes a row in, takes it out again and ends; its state lives in slots that the engine keeps for each group.
/// </summary>
public abstract class Accumulator
{
    /// <summary>Slots of state, at least 1.</summary>
    public virtual int Width => 1;

    /// <summary>True if rows can be taken out: only then may it aggregate a table.</summary>
    public virtual bool CanUndo => false;

    /// <summary>True if two states can be joined: only then may it run over session windows.</summary>
    public virtual bool CanMerge => true;

    /// <summary>The state before the first row; the slots are NULL.</summary>
    public virtual void Start(Span<Slot> state)
    {
    }

    /// <param name="values">The arguments of this row.</param>
    public abstract void Add(Span<Slot> state, ReadOnlySpan<Slot> values);

    /// <summary>Takes a row out that was added before.</summary>
    public virtual void Undo(Span<Slot> state, ReadOnlySpan<Slot> values) =>
        throw new NotSupportedException("this aggregate cannot take rows out");

    /// <summary>Adds the rows behind another state (of an earlier session) to this one.</summary>
    public virtual void Merge(Span<Slot> state, ReadOnlySpan<Slot> other) =>
        throw new NotSupportedException("this aggregate cannot join two sessions");

    /// <summary>The value of the state; must not change it nor share what <see cref="Add"/> changes later.</summary>
    public virtual Slot Result(ReadOnlySpan<Slot> state) => state[0];
}

/// <summary>A file of aggregates that belong together.</summary>
internal interface IAggregateFamily
{
    string Title { get; }

    IEnumerable<AggregateFunction> Functions { get; }
}

/// <summary>A function that makes rows: <c>EXPLODE</c>.</summary>
public sealed class TableFunction(string name, string description)
{
    private readonly List<FunctionOverload> _overloads = [];
    private readonly List<FunctionExample> _examples = [];

    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyList<FunctionExample> Examples => _examples;

    /// <param name="call">A call with constants; a test runs it.</param>
    /// <param name="rows">Values of the rows, parted by semicolons.</param>
    public TableFunction Example(string call, string rows)
    {
        _examples.Add(new(call, rows));
        return this;
    }

    public IReadOnlyList<FunctionOverload> Overloads => _overloads;

    /// <param name="body">Returns <c>IEnumerable&lt;object?&gt;</c>: one value a row.</param>
    public TableFunction On(string parameters, string returns, Delegate body)
    {
        var result = TypePattern.Parse(returns);
        return On(parameters, (_, variables) => result.Resolve(variables), body);
    }

    /// <summary>Adds a form whose values' type follows from the arguments' types and the variables.</summary>
    public TableFunction On(
        string parameters, Func<IReadOnlyList<SqlType>, IReadOnlyDictionary<string, SqlType>, SqlType> returns, Delegate body)
    {
        var (list, isVariadic) = ScalarFunction.ParseParameters(parameters);
        _overloads.Add(new(list, isVariadic, returns, body, SeesNulls: true));
        return this;
    }
}

/// <summary>A file of table functions that belong together.</summary>
internal interface ITableFunctionFamily
{
    IEnumerable<TableFunction> Functions { get; }
}
