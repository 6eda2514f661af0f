using FsCheck.Xunit;
using SockSort.Shared;

namespace SockSort.Connect.Tests.Configuration;

public class PropertiesFileTests
{
    [Property]
    public bool What_is_written_is_read_again(Dictionary<string, string> entries)
    {
        var some = entries.Where(entry => entry.Value is not null).ToDictionary();

        var read = PropertiesFile.Parse(PropertiesFile.Write(some));

        return some.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .SequenceEqual(read.OrderBy(entry => entry.Key, StringComparer.Ordinal));
    }

    [Property]
    public bool Any_text_is_read_or_refused_as_text(string? text)
    {
        try
        {
            return PropertiesFile.Parse(text ?? "") is not null;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    // The cases of java.util.Properties.load's own documentation, and those beside them.
    [Theory]
    [InlineData("Truth = Beauty", "Truth", "Beauty")]
    [InlineData(" Truth:Beauty", "Truth", "Beauty")]
    [InlineData("Truth                    :Beauty", "Truth", "Beauty")]
    [InlineData("cheeses", "cheeses", "")]
    [InlineData("key value with blanks ", "key", "value with blanks ")]
    [InlineData("key==x", "key", "=x")]
    [InlineData("a\\:b\\ c=d", "a:b c", "d")]
    [InlineData("path=c:\\\\dir", "path", "c:\\dir")]
    [InlineData("u=\\u0041\\t\\z", "u", "A\tz")]
    [InlineData("fruits    apple, banana, \\\r\n    pear", "fruits", "apple, banana, pear")]
    [InlineData("end=x\\", "end", "x")]
    [InlineData("password=p@ss#1!x", "password", "p@ss#1!x")]
    public void A_line_is_read_as_Java_reads_it(string line, string key, string value)
    {
        var entries = PropertiesFile.Parse($"# comment = no\n! another\n\n{line}\n");

        Assert.Equal((key, value), (Assert.Single(entries).Key, entries[key]));
    }

    [Fact]
    public void The_last_of_equal_keys_counts() => Assert.Equal("2", PropertiesFile.Parse("a=1\na=2")["a"]);

    [Fact]
    public void A_cut_escape_is_refused_with_its_line()
    {
        var error = Assert.Throws<FormatException>(() => PropertiesFile.Parse("a=1\nb=\\u00"));

        Assert.Equal("line 2: \\u is not followed by four hexadecimal digits", error.Message);
    }
}
