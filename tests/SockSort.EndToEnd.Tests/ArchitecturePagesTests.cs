using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests;

/// <summary>The pages for maintainers name classes, folders and tests: what they name is there.</summary>
public partial class ArchitecturePagesTests
{
    // Of libraries, of other programs, or of a socksort that is not this one.
    private static readonly string[] Foreign = ["ILoggerFactory", "LimitedMemoryBfgsMinimizer"];

    private static readonly Lazy<HashSet<string>> Types = new(() => Sources()
        .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal));

    public static TheoryData<string> Pages =>
    [
        "docs/architecture.md",
        .. Directory.GetFiles(Repository.PathOf("docs/architecture"), "*.md")
            .Select(page => Path.GetRelativePath(Repository.PathOf("."), page))
            .Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Every_class_that_a_page_names_is_in_the_sources(string page)
    {
        var named = Quoted(page)
            .Select(text => ClassName().Match(text))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Empty(named.Except(Types.Value).Except(Foreign));
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_path_that_a_page_names_is_there(string page)
    {
        var named = Quoted(page).Where(text => PathName().IsMatch(text));

        Assert.DoesNotContain(named, path => !File.Exists(Repository.PathOf(path)) && !Directory.Exists(Repository.PathOf(path)));
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_to_a_file(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var targets = Link().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => match.Groups[1].Value);

        Assert.DoesNotContain(targets, target => !target.Contains("://") && !File.Exists(Path.Combine(folder, target)));
    }

    private static IEnumerable<string> Quoted(string page) =>
        Code().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => match.Groups[1].Value).Distinct();

    private static IEnumerable<string> Sources() => new[] { "src", "bench", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories));

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex Code();

    /// <summary>A word of at least two, or a word and a member: <c>QueryScheduler</c> and <c>ILog.Commit</c>, not <c>Blank</c>.</summary>
    [GeneratedRegex(@"^((?:I?[A-Z][a-z0-9]+){2,}|[A-Z][A-Za-z0-9]+(?=\.[A-Z]))(?:\.\w+)*$")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^(?:src|tests|docs|bench|samples)/[\w./-]+$")]
    private static partial Regex PathName();

    [GeneratedRegex(@"\]\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
    private static partial Regex Declaration();
}
