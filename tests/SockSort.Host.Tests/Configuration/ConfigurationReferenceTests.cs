using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Sections;
using SockSort.Testing;

namespace SockSort.Host.Tests.Configuration;

public class ConfigurationReferenceTests
{
    private const string Page = "docs/reference/configuration.md";
    private const string Begin = "<!-- keys: begin -->\n";
    private const string End = "<!-- keys: end -->\n";

    [Fact]
    public void The_tables_of_the_reference_are_made_from_the_table_of_keys()
    {
        var text = File.ReadAllText(Repository.PathOf(Page));
        var (before, after) = (text.Split(Begin)[0], text.Split(End)[1]);

        Snapshot.Matches(Page, before + Begin + ConfigurationReference.Markdown() + End + after);
    }

    [Theory, MemberData(nameof(Examples))]
    public void What_the_reference_shows_can_be_used(string example) =>
        Assert.Empty(Written.Read(example, _ => SecretResolution.Found("s3cret")).Mistakes);

    public static TheoryData<string> Examples =>
        [.. File.ReadAllText(Repository.PathOf(Page)).Split("```yaml\n").Skip(1).Select(rest => rest.Split("```")[0])];

    [Fact]
    public void Every_example_and_default_of_a_key_can_be_used()
    {
        var wrong = RunKeys.Section.Nested.SelectMany(nested => Uses(nested.Key, "KEY")).Where(text => !CanBeUsed(text));

        Assert.Empty(wrong);
    }

    /// <summary>A file for each value that the table shows of a key and of the keys within it.</summary>
    /// <param name="around">The file around the key, which stands in place of KEY.</param>
    private static IEnumerable<string> Uses(ConfigurationKey key, string around)
    {
        foreach (var (prefix, within) in key.Type.Nested)
        {
            var inner = prefix switch
            {
                "" => "{KEY}",
                "[]" => "[{KEY}]",
                _ => $"{{{prefix[1..]}: {{KEY}}}}",
            };
            foreach (var use in Uses(within, around.Replace("KEY", $"{key.Name}: {inner}", StringComparison.Ordinal)))
                yield return use;
        }
        if (key.Type.Nested.Any())
            yield break;
        foreach (var value in new[] { key.Default, key.Example, key.Sample }.OfType<string>())
        {
            // Between braces a placeholder needs quotes.
            var quoted = value.StartsWith('$') ? $"'{value}'" : value;
            yield return around.Replace("KEY", $"{key.Name}: {quoted}", StringComparison.Ordinal);
        }
    }

    /// <summary>Whether the value alone is right: what it needs beside it does not count.</summary>
    private static bool CanBeUsed(string text)
    {
        string[] needs = ["is missing", "needs", "can be reached"];
        return Written.Read(text, _ => SecretResolution.Found("s3cret")).Mistakes
            .All(mistake => needs.Any(need => mistake.Problem.StartsWith(need, StringComparison.Ordinal)));
    }
}
