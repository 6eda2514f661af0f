using System.Globalization;
using System.Text;

namespace SockSort.Sql.Functions;

/// <summary>Writes the reference of all functions as Markdown: <c>docs/reference/sql-functions.md</c>.</summary>
public static class FunctionReference
{
    private const string NullTable = "no rows where the array is NULL";
    private const string NullInNullOut = "NULL where an argument is NULL";

    private const string Introduction = """
        # SQL functions

        Made from the code by `socksort sql functions --markdown`; a test compares it, and runs every example.

        A function's forms are written as `NAME(parameter TYPE, …) → TYPE`. `T` stands for any type, the same wherever it stands in one
        form; `TYPE...` for any number of values. Numbers widen by themselves: INTEGER to BIGINT, BIGINT to DECIMAL, DECIMAL to DOUBLE; the
        form that needs the fewest such steps is taken. A value that a function cannot work out is NULL; the query goes on, counts it and
        shows the newest reason (`DESCRIBE … EXTENDED`, the log).

        ## Constructors and CAST

        Not functions, but written like some:

        | form | gives |
        | --- | --- |
        | `ARRAY[1, 2, 3]` | an array; all elements have one type |
        | `MAP('left' := 1, 'right' := 2)` | a map; keys and values have one type each |
        | `STRUCT(sock := 'left', size := 42)` | a struct; `->` reads a field |
        | `CAST(value AS TYPE)` | the value in another type; NULL where it does not read as that type |


        """;

    public static string Markdown(FunctionRegistry functions)
    {
        var page = new StringBuilder(Introduction);
        foreach (var family in functions.Scalars.GroupBy(function => function.Family).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Heading(page, family.Key);
            foreach (var function in family)
                Entry(page, function.Name, function.Description, function.Overloads.Select(Form), NullRule(function), function.Examples);
        }
        Heading(page, "Aggregates");
        foreach (var function in functions.Aggregates)
            Entry(page, function.Name, function.Description, function.Overloads.Select(Form), function.NullRule, function.Examples);
        Heading(page, "Table functions");
        foreach (var function in functions.Tables)
            Entry(page, function.Name, function.Description, function.Overloads.Select(Form), NullTable, function.Examples);
        return page.ToString().TrimEnd() + "\n";
    }

    /// <summary>Writes one function in the page's form; null where there is none of that name.</summary>
    /// <param name="name">The name, in upper or lower case.</param>
    public static string? MarkdownOf(FunctionRegistry functions, string name)
    {
        var page = new StringBuilder();
        if (functions.Scalar(name.ToUpperInvariant()) is { } scalar)
            Entry(page, scalar.Name, scalar.Description, scalar.Overloads.Select(Form), NullRule(scalar), scalar.Examples);
        else if (functions.Aggregate(name.ToUpperInvariant()) is { } aggregate)
            Entry(page, aggregate.Name, aggregate.Description, aggregate.Overloads.Select(Form), aggregate.NullRule, aggregate.Examples);
        else if (functions.Table(name.ToUpperInvariant()) is { } table)
            Entry(page, table.Name, table.Description, table.Overloads.Select(Form), NullTable, table.Examples);
        return page.Length > 0 ? page.ToString().TrimEnd() : null;
    }

    /// <summary>Suggests a similar name: <c>did you mean 'SUBSTRING'?</c>; null where none is similar.</summary>
    public static string? Nearest(FunctionRegistry functions, string name) => Names.DidYouMean(name, functions.Names);

    private static void Heading(StringBuilder page, string title) => page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");

    private static void Entry(
        StringBuilder page, string name, string description, IEnumerable<string> forms, string? nulls,
        IReadOnlyList<FunctionExample> examples)
    {
        _ = page.Append(CultureInfo.InvariantCulture, $"### {name}\n\n{char.ToUpperInvariant(description[0])}{description[1..]}.\n\n```\n");
        foreach (var form in forms)
            _ = page.Append(name).Append(form).Append('\n');
        _ = page.Append("```\n\n");
        if (nulls is not null)
            _ = page.Append(CultureInfo.InvariantCulture, $"NULL: {nulls}.\n\n");
        if (examples.Count > 0)
            _ = page.Append("| example | result |\n| --- | --- |\n");
        foreach (var example in examples)
            _ = page.Append(
                CultureInfo.InvariantCulture,
                $"| `{example.Shown.Replace("|", "\\|", StringComparison.Ordinal)}` | {Cell(example.Result)} |\n");
        _ = examples.Count > 0 ? page.Append('\n') : page;
    }

    private static string Cell(string result) => result.Length == 0 ? "(empty)" : $"`{result}`";

    private static string? NullRule(ScalarFunction function) =>
        function.NullRule ?? (function.Overloads.Any(overload => overload.Parameters.Count > 0) ? NullInNullOut : null);

    private static string Form(FunctionOverload overload) => $"{overload.Signature} → {SampleTypes.Result(overload)}";

    private static string Form(AggregateOverload overload) => $"{overload.Signature} → {SampleTypes.Result(overload)}";
}
