using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests;

/// <summary>What <c>scripts/check-lines</c>, which the test script runs first, lets pass and what not.</summary>
public sealed class CalmLinesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("var x = a ? b : c;")]
    [InlineData("string? x = a?.B ?? c?[0];")]
    [InlineData("// is it a ? b : c ? d : e or not")]
    [InlineData("/* a ? b : c ? d : e */")]
    [InlineData("""var x = "a ? b : c ? d : e";""")]
    [InlineData("""var x = $"{(a ? "b ? c" : "d ? e")}";""")]
    [InlineData("""var x = '"' + (a ? '"' : '\'');""")]
    [InlineData("""var x = @"\" + (a ? "b" : "c");""")]
    [InlineData("""var x = $"{{ a ? b : c ? d : e }}";""")]
    public async Task A_calm_line_passes(string line)
    {
        var (exitCode, told) = await CheckAsync(line);

        Assert.Equal((0, ""), (exitCode, told));
    }

    [Theory]
    [InlineData("var x = a ? b : c ? d : e;")]
    [InlineData("""var x = $"{(a ? "b" : "c")}{(d ? "e" : "f")}";""")]
    [InlineData("""var x = $"{(a ? $"{(b ? 1 : 2)}" : "")}";""")]
    [InlineData("""var x = '"' == (a ? '{' : '}') ? b : c;""")]
    public async Task Two_conditionals_in_one_line_are_named_with_the_place(string line)
    {
        var (exitCode, told) = await CheckAsync($"// first\n{line}");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"{_folder.File("Some.cs")}:2: 2 conditionals (?:), at most one a line; give one a name, or put each on a line of its own\n",
            told);
    }

    [Fact]
    public async Task Conditionals_in_a_hole_of_a_text_of_several_lines_count_and_its_text_does_not()
    {
        var (exitCode, told) = await CheckAsync(""""
            var x = $$"""
                is it {a ? b : c} ? or " ? what
                {{(a ? b : c)}} {{(d ? e : f)}}
                """;
            var y = a ? b : c;
            """");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{_folder.File("Some.cs")}:3: 2 conditionals", told);
        Assert.Single(told.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_line_may_have_140_characters_however_many_bytes_they_take()
    {
        var (exitCode, told) = await CheckAsync($"{new string('…', 140)}\n{new string('…', 141)}");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"{_folder.File("Some.cs")}:2: 141 columns, at most 140; break the line where it has parts, or give a part a name\n", told);
    }

    private async Task<(int ExitCode, string Told)> CheckAsync(string text)
    {
        var file = _folder.Write("Some.cs", text + "\n");
        using var check = Process.Start(new ProcessStartInfo(Repository.PathOf("scripts/check-lines"), [file])
        {
            RedirectStandardError = true,
        })!;
        var told = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (check.ExitCode, told);
    }
}
