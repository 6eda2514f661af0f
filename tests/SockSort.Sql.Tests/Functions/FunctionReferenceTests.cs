using SockSort.Sql.Functions;
using SockSort.Testing;

namespace SockSort.Sql.Tests.Functions;

/// <summary>The reference is whole and says what the code does.</summary>
public class FunctionReferenceTests
{
    // Written like functions in the list, but part of the language.
    private static readonly string[] Syntax = ["ARRAY", "MAP", "CAST"];

    [Fact]
    public void The_reference_on_paper_is_made_from_the_code() =>
        Snapshot.Matches("docs/reference/sql-functions.md", FunctionReference.Markdown(FunctionRegistry.BuiltIn));

    [Fact]
    public void Every_scalar_function_has_an_example_unless_its_value_changes_from_call_to_call()
    {
        string[] changing = ["RANDOM"];

        var without = FunctionRegistry.BuiltIn.Scalars.Where(function => function.Examples.Count == 0).Select(function => function.Name);

        Assert.Equal(changing, without);
    }

    [Fact]
    public void A_function_that_sees_NULL_or_any_number_of_values_says_what_becomes_of_NULL()
    {
        var silent = FunctionRegistry.BuiltIn.Scalars
            .Where(function => function.NullRule is null && function.Overloads.Any(overload => overload.SeesNulls || overload.IsVariadic))
            .Select(function => function.Name);

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("# scalar")]
    [InlineData("# aggregate")]
    [InlineData("# table")]
    [InlineData("# documented")]
    public void Every_documented_function_of_ksqlDB_is_there(string section)
    {
        var listed = NamesOf(section).Except(Syntax);

        var missing = listed.Except(FunctionRegistry.BuiltIn.Names);

        Assert.Empty(missing);
    }

    /// <summary>Names in the section of that title.</summary>
    private static IEnumerable<string> NamesOf(string title)
    {
        var lines = File.ReadAllLines(Repository.Shared("conformance/ksqldb-names/functions.txt"));
        return lines.SkipWhile(line => !line.StartsWith(title, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith('#')).Select(line => line.Split('(', ' ')[0]).Where(name => name.Length > 0).Distinct();
    }
}
