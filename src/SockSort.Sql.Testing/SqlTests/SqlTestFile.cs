using System.Text.RegularExpressions;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>Reads files of ksqlDB's SQL tests: comments with directives, statements, assertions.</summary>
/// <remarks>Source of the format: "How to test an application" in ksqlDB's documentation (<c>run-ksql-test</c>, 0.30 and later).</remarks>
public static partial class SqlTestFile
{
    /// <summary>Reads the tests of a file in their order.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="SqlTestException">The file holds no test, text before the first, or an unknown directive.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<SqlTest> Read(string path)
    {
        var text = File.ReadAllText(path);
        var directives = Directive().Matches(text).Select(match => Known(match, path, text)).ToList();
        var starts = directives.Where(directive => directive.Kind == "test").ToList();
        if (starts.Count == 0)
            throw new SqlTestException(path, "holds no test; each begins with a line '--@test: its name'");
        if (FirstStatement().Match(text[..starts[0].At]) is { Success: true } early)
            throw new SqlTestException(
                $"{path}:{LineOf(text, early.Index)}", "a statement stands before the first '--@test: name'; put one above it");
        return [.. starts.Select((start, i) => Test(path, text, start, i + 1 < starts.Count ? starts[i + 1].At : text.Length, directives))];
    }

    private static SqlTest Test(
        string path, string text, (string Kind, string Content, int At) start, int end,
        IReadOnlyList<(string Kind, string Content, int At)> directives)
    {
        string? Find(string kind) => directives
            .Where(directive => directive.Kind == kind && directive.At > start.At && directive.At < end)
            .Select(directive => directive.Content)
            .LastOrDefault();
        // What comes before becomes blank: the lines of its mistakes are those of the file.
        var before = new string([.. text[..start.At].Select(letter => letter == '\n' ? '\n' : ' ')]);
        var statements = new SourceText(path, before + text[start.At..end]);
        return new(path, start.Content, LineOf(text, start.At), statements, Find("expected.error"), Find("expected.message"));
    }

    private static (string Kind, string Content, int At) Known(Match match, string path, string text)
    {
        var kind = match.Groups[1].Value.ToLowerInvariant();
        return kind is "test" or "expected.error" or "expected.message"
            ? (kind, match.Groups[2].Value.Trim(), match.Index)
            : throw new SqlTestException(
                $"{path}:{LineOf(text, match.Index)}",
                $"unknown directive '--@{match.Groups[1].Value}'; there are --@test, --@expected.error and --@expected.message");
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"^--@([a-zA-Z.]+):[ \t]*(.*)$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    /// <summary>Finds a line that is neither blank nor a comment of one line.</summary>
    [GeneratedRegex(@"^(?!\s*--)[^\S\n]*\S.*$", RegexOptions.Multiline)]
    private static partial Regex FirstStatement();
}
