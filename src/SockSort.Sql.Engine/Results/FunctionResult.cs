
namespace SockSort.Sql.Engine.Results;

/// <summary>The result of <c>DESCRIBE FUNCTION</c>.</summary>
/// <param name="Kind"><c>SCALAR</c>, <c>AGGREGATE</c> or <c>TABLE</c>.</param>
/// <param name="Forms">The forms in which it can be called, at least one.</param>
/// <param name="Examples"><c>ABS(-3) => 3</c>.</param>
public sealed record FunctionResult(
    string Name, string Kind, string Description, IReadOnlyList<FunctionForm> Forms, IReadOnlyList<string> Examples)
    : StatementResult
{
    /// <summary>The description as ksqlDB's command line shows it, with examples.</summary>
    public string Text => string.Join('\n', [
        $"Name        : {Name}", $"Overview    : {Description}", $"Type        : {Kind}", "Variations  :",
        .. Forms.SelectMany(
            form => new[] { "", $"\tVariation   : {Name}({string.Join(", ", form.Arguments)})", $"\tReturns     : {form.Returns}" }),
        .. Examples.Count == 0 ? [] : new[] { "" }, .. Examples.Select(example => $"Example     : {example}")]);
}

/// <param name="Returns">The result's type, with the names that stand for any type.</param>
public sealed record FunctionForm(IReadOnlyList<FunctionArgument> Arguments, string Returns);

/// <param name="IsVariadic">Whether any number of such arguments may follow.</param>
public sealed record FunctionArgument(string Name, string Type, bool IsVariadic)
{
    public override string ToString() => $"{Name} {Type}{(IsVariadic ? "..." : "")}";
}
