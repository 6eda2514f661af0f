using SockSort.Host.Configuration.Mistakes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SockSort.Host.Configuration.Yaml;

/// <summary>
/// Reads one document into nodes. Anchors, aliases, merge keys and tags are rejected: every value is written where it applies, and a small
/// file cannot expand into a huge one.
/// </summary>
internal sealed class YamlReader
{
    // The schema itself has five levels.
    private const int MostLevels = 20;

    private readonly string _file;
    private readonly ICollection<ConfigurationMistake> _mistakes;
    private readonly Parser _parser;

    private YamlReader(string file, string text, ICollection<ConfigurationMistake> mistakes)
    {
        _file = file;
        _mistakes = mistakes;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <returns>
    /// The document's value; null if the document is empty. If the text is not valid YAML, the value is <see cref="YamlRefused"/> and the
    /// last mistake has the reason.
    /// </returns>
    public static YamlNode? Read(string file, string text, ICollection<ConfigurationMistake> mistakes)
    {
        var reader = new YamlReader(file, text, mistakes);
        try
        {
            return reader.ReadDocument();
        }
        catch (TooDeepException error)
        {
            return new YamlRefused(error.Place);
        }
        catch (YamlException error)
        {
            var mistake = YamlFault.Of(error, file, text);
            mistakes.Add(mistake);
            return new YamlRefused(mistake.Place);
        }
        catch (Exception error) when (IsOfLibrary(error))
        {
            var place = reader.PlaceOf(reader._parser.Current?.End ?? Mark.Empty);
            reader.Report(place, "", "is no YAML: what follows here cannot be read", hint: null);
            return new YamlRefused(place);
        }
    }

    // The library does not validate everything that it converts, such as escapes of half a character or numbers of version directives.
    private static bool IsOfLibrary(Exception error) =>
        error is ArgumentException or FormatException or OverflowException or InvalidOperationException or IndexOutOfRangeException;

    private YamlNode? ReadDocument()
    {
        _ = _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;
        _ = _parser.Consume<DocumentStart>();
        var node = ReadNode(key: "", level: 1);
        _ = _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            Report(PlaceOf(second.Start), "", "begins a second document", "write everything into one, without the line ---");
        return node;
    }

    private YamlNode ReadNode(string key, int level)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Refuse(alias.Start, key, "is an alias (*)", "write the value itself");
        var start = _parser.Require<NodeEvent>();
        if (!start.Anchor.IsEmpty)
            _ = Refuse(start.Start, key, "has an anchor (&)", "write the value at each place that it is meant for");
        if (!start.Tag.IsEmpty)
            _ = Refuse(start.Start, key, "has a tag (!)", "leave it out: the key says which type its value has");
        if (level > MostLevels)
            throw new TooDeepException(Refuse(start.Start, key, $"lies more than {MostLevels} levels deep", "no key is so deep").Place);
        if (_parser.TryConsume<SequenceStart>(out var list))
            return ReadList(list, key, level);
        if (_parser.TryConsume<MappingStart>(out var mapping))
            return ReadMapping(mapping, key, level);
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(PlaceOf(scalar.Start), scalar.Value, scalar.Style is ScalarStyle.Plain or ScalarStyle.Any);
    }

    private YamlList ReadList(SequenceStart start, string key, int level)
    {
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode($"{key}[{items.Count}]", level + 1));
        return new YamlList(PlaceOf(start.Start), items);
    }

    private YamlMapping ReadMapping(MappingStart start, string key, int level)
    {
        var entries = new OrderedDictionary<string, YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var name = ReadNode(key, level + 1);
            var full = name is YamlScalar { Text: var text } ? KeyPath.Of(key, text) : key;
            var value = ReadNode(full, level + 1);
            if (name is YamlScalar scalar && IsKey(scalar, full, entries))
                entries.Add(scalar.Text, new YamlEntry(scalar.Place, scalar.Text, value));
            else if (name is YamlList or YamlMapping)
                Report(name.Place, key, "holds a list or a mapping in place of a key", "a key is a word");
        }
        return new YamlMapping(PlaceOf(start.Start), [.. entries.Values]);
    }

    private bool IsKey(YamlScalar name, string full, OrderedDictionary<string, YamlEntry> entries)
    {
        if (name.Text == "<<")
            Report(name.Place, full, "is a merge key", "write the keys themselves");
        else if (entries.TryGetValue(name.Text, out var first))
            Report(name.Place, full, $"is given twice, first on line {first.Place.Line}", "keep one of them");
        else
            return true;
        return false;
    }

    private YamlRefused Refuse(in Mark at, string key, string problem, string hint)
    {
        Report(PlaceOf(at), key, problem, hint);
        return new YamlRefused(PlaceOf(at));
    }

    private void Report(ConfigurationPlace place, string key, string problem, string? hint) =>
        _mistakes.Add(new ConfigurationMistake(place, key, problem, hint));

    private ConfigurationPlace PlaceOf(in Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    /// <summary>Ends the reading at once, since the library's time grows with the square of the depth.</summary>
    private sealed class TooDeepException(ConfigurationPlace place) : Exception
    {
        public ConfigurationPlace Place { get; } = place;
    }
}
