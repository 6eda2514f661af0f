using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.Sql.Tests;

public partial class ErrorCodeTests
{
    // Of all projects of SQL: a code means one mistake, whoever finds it.
    private static readonly string[] Files =
    [
        .. Directory.GetDirectories(Repository.PathOf("src"), "SockSort.Sql*")
            .SelectMany(project => Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)),
    ];

    [Fact]
    public void Each_mistake_has_a_code_of_its_own()
    {
        var codes = Files.SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToList();

        var doubles = codes.CountBy(code => code).Where(count => count.Value > 1).Select(count => count.Key);

        Assert.NotEmpty(codes);
        Assert.Empty(doubles);
    }

    [Fact]
    public void Codes_stand_in_the_classes_of_errors_only()
    {
        var elsewhere = Files.Where(
            file => !file.EndsWith("Errors.cs", StringComparison.Ordinal) && Code().IsMatch(File.ReadAllText(file)));

        Assert.Empty(elsewhere.Select(Path.GetFileName));
    }

    [GeneratedRegex("\"SQL[0-9]{4}\"")]
    private static partial Regex Code();
}
