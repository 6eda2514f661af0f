using SockSort.Host.Configuration;
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
}
