using System.Collections.Frozen;

namespace SockSort.Sql.Functions;

/// <summary>All functions by name.</summary>
public sealed class FunctionRegistry
{
    private readonly FrozenDictionary<string, ScalarFunction> _scalars;
    private readonly FrozenDictionary<string, AggregateFunction> _aggregates;
    private readonly FrozenDictionary<string, TableFunction> _tables;

    /// <param name="extra">Functions beside the built-in ones (of tests).</param>
    /// <param name="extraTables">Table functions beside the built-in ones.</param>
    public FunctionRegistry(IEnumerable<ScalarFunction>? extra = null, IEnumerable<TableFunction>? extraTables = null)
    {
        _scalars = Families<IFunctionFamily>().SelectMany(InFamily).Concat(extra ?? []).ToFrozenDictionary(function => function.Name);
        _aggregates = Families<IAggregateFamily>().SelectMany(family => family.Functions).ToFrozenDictionary(function => function.Name);
        _tables = Families<ITableFunctionFamily>()
            .SelectMany(family => family.Functions)
            .Concat(extraTables ?? [])
            .ToFrozenDictionary(function => function.Name);
    }

    /// <summary>The built-in functions.</summary>
    public static FunctionRegistry BuiltIn { get; } = new();

    public IEnumerable<ScalarFunction> Scalars => _scalars.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public IEnumerable<AggregateFunction> Aggregates => _aggregates.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public IEnumerable<TableFunction> Tables => _tables.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => _scalars.Keys.Concat(_aggregates.Keys).Concat(_tables.Keys).Order(StringComparer.Ordinal);

    public ScalarFunction? Scalar(string name) => _scalars.GetValueOrDefault(name);

    public AggregateFunction? Aggregate(string name) => _aggregates.GetValueOrDefault(name);

    public TableFunction? Table(string name) => _tables.GetValueOrDefault(name);

    private static IEnumerable<T> Families<T>() => typeof(FunctionRegistry).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);

    private static IEnumerable<ScalarFunction> InFamily(IFunctionFamily family)
    {
        foreach (var function in family.Functions)
        {
            function.Family = family.Title;
            yield return function;
        }
    }
}
