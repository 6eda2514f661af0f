using System.Text;

namespace SockSort.Host.Tests.Configuration;

/// <summary>Files that are no YAML, or more of it than a configuration needs.</summary>
public class YamlTests
{
    [Theory]
    [InlineData("model: [a", "1:10: is no YAML: while parsing a flow sequence, did not find expected ',' or ']'")]
    [InlineData("model: {a, b\n", "2:1: is no YAML: while parsing a flow mapping, did not find expected ',' or '}'")]
    [InlineData("model: 'a", "1:8: is no YAML: while scanning a quoted scalar, found unexpected end of stream; close the quotes")]
    [InlineData("model: a: b", "1:9: is no YAML: while scanning a plain scalar value, found invalid mapping; put a value that holds "
        + "': ' into quotes; keys of one section stand below one another")]
    [InlineData("model: @a", "1:8: is no YAML: while scanning for the next token, found character that cannot start any token; put "
        + "a value that begins so into quotes")]
    [InlineData("model: a\nb", "2:1: is no YAML: while scanning a simple key, could not find expected ':'; a key ends with a colon")]
    [InlineData("model: \"\\UFFFFFFFF\"", "1:6: is no YAML: what follows here cannot be read")]
    [InlineData("auth:\n\tpassword: a", "2:1: is no YAML: a line is indented with a tab; indent with blanks")]
    [InlineData("auth:\n  password: a\n\topen-view: b", "3:1: is no YAML: a line is indented with a tab; indent with blanks")]
    [InlineData("model: &m a", "1:8: model: has an anchor (&); write the value at each place that it is meant for")]
    [InlineData("model: *m", "1:8: model: is an alias (*); write the value itself")]
    [InlineData("auth: {<<: a}", "1:8: auth.<<: is a merge key; write the keys themselves")]
    [InlineData("model: !!str a", "1:8: model: has a tag (!); leave it out: the key says which type its value has")]
    [InlineData("model: a\n---\ndata: b", "2:1: begins a second document; write everything into one, without the line ---")]
    [InlineData("just words", "1:1: is a single value; expected keys: data, log, cameras, model, model-from, photos, broker, mqtt, "
        + "connectors, queries, query-threads, sorting, listen, auth, retention, logging")]
    [InlineData("- a", "1:1: is a list; expected keys: data, log, cameras, model, model-from, photos, broker, mqtt, connectors, queries, "
        + "query-threads, sorting, listen, auth, retention, logging")]
    [InlineData("model: a\nb\u0001", "2:2: holds the control character U+0001; take it out")]
    public void What_is_no_configuration_is_refused_with_its_place(string text, string mistake) =>
        Assert.Equal([$"socksort.yaml:{mistake}"], Written.Mistakes(text));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("{}")]
    [InlineData("~")]
    [InlineData("log:\ncameras:\nbroker:\nmqtt:\nconnectors:\nlisten:\nauth:\nretention:\nlogging:\n")]
    public void An_empty_file_and_empty_sections_mean_the_defaults(string text)
    {
        var result = Written.Read(text);

        Assert.Empty(result.Mistakes);
        Assert.Equal("/etc/socksort/socksort-data", result.Configuration.Data);
        Assert.Equal(["127.0.0.1:"], result.Configuration.Broker!.Listen.Select(address => $"{address.Address}:"));
    }

    [Fact]
    public void A_mark_of_UTF8_before_the_text_is_passed_over()
    {
        var result = Written.Read([0xEF, 0xBB, 0xBF, .. "modl: a"u8]);

        Assert.Equal(["socksort.yaml:1:1: modl: unknown key; nearest: model"], result.Mistakes.Select(mistake => mistake.ToString()));
    }

    [Fact]
    public void Line_ends_of_Windows_are_taken()
    {
        var result = Written.Read("model: a.tar.gz\r\nauth:\r\n  password: b\r\n  x: c\r\n");

        Assert.Equal("/etc/socksort/a.tar.gz", result.Configuration.Model);
        Assert.Equal("b", result.Configuration.Auth.Password);
        Assert.Equal("socksort.yaml:4:3: auth.x: unknown key; known: password, open-view", Assert.Single(result.Mistakes).ToString());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void UTF16_is_refused(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding);

        var result = Written.Read([.. bytes.GetPreamble(), .. bytes.GetBytes("model: a")]);

        Assert.Equal("socksort.yaml:1:1: is UTF-16; save it as UTF-8", Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_with_their_place()
    {
        var result = Written.Read([.. "data: a\nmodel: M"u8, 0xFC, .. "ller"u8]);

        Assert.Equal("socksort.yaml:2:9: is no UTF-8; save it as UTF-8", Assert.Single(result.Mistakes).ToString());
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_refused()
    {
        var result = Written.Read(new string('#', (1 << 20) + 1));

        Assert.Equal("socksort.yaml:1:1: is larger than 1 MiB; name the configuration file", Assert.Single(result.Mistakes).ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Depth_is_refused_before_it_costs_anything(string level)
    {
        var text = string.Concat(Enumerable.Repeat(level, (1 << 20) / level.Length));

        var mistake = Written.Read(text).Mistakes[0];

        Assert.Equal("lies more than 20 levels deep", mistake.Problem);
    }

    [Fact]
    public void Aliases_of_aliases_are_refused_one_by_one_and_never_unfolded()
    {
        var laughs = "a: &a [x, x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} "
            + $"[*{(char)('a' + i - 1)}, *{(char)('a' + i - 1)}]\n"));

        var mistakes = Written.Read(laughs).Mistakes;

        Assert.Equal(40, mistakes.Count(mistake => mistake.Problem == "is an alias (*)"));
    }
}
