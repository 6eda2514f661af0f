using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Values;

/// <summary>Kafka Connect's keys of one connector, each value as it is written; the connector's name is the key of the mapping.</summary>
internal sealed class ConnectorType : ValueType<IReadOnlyDictionary<string, string>>
{
    public static readonly ConnectorType One = new();

    private static readonly ConfigurationKey<string> Class =
        new("connector.class", TextType.Any, "The connector's class, in full or its last part.")
        {
            Example = "FileStreamSink",
            IsRequired = true,
        };

    private static readonly ConfigurationKey<string> Others =
        new("KEY", TextType.Any, "Every other key of the class; numbers, true and false are taken as they are written.")
        {
            Example = "pairs.jsonl",
        };

    public override string Words => "mapping of Kafka Connect's keys";

    public override IEnumerable<NestedKey> Nested => [new("", Class), new("", Others)];

    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyDictionary<string, string>? value)
    {
        value = null;
        if (node is YamlRefused)
            return false;
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Place, key, $"is {NodeWords.Of(node)}", $"expected Kafka Connect's keys, as {Class.Name}: {Class.Example}");
            return false;
        }
        var settings = new OrderedDictionary<string, string>();
        foreach (var entry in mapping.Entries)
            ReadSetting(entry, KeyPath.Of(key, entry.Key), reading, settings);
        if (mapping.Entries.All(entry => entry.Key != Class.Name))
            reading.Report(mapping.Place, KeyPath.Of(key, Class.Name), "is missing", $"for example {Class.Name}: {Class.Example}");
        value = settings;
        return true;
    }

    private static void ReadSetting(YamlEntry entry, string key, Reading reading, OrderedDictionary<string, string> settings)
    {
        reading.StorePlace(key, entry.Value.Place);
        if (entry.Value is YamlScalar { IsNull: false } scalar)
            settings[entry.Key] = scalar.Text;
        else if (entry.Value is YamlScalar)
            reading.Report(entry.Value.Place, key, "is empty", "leave the key out, or write '' for an empty text");
        else if (entry.Value is not YamlRefused)
            reading.Report(entry.Value.Place, key, $"is {NodeWords.Of(entry.Value)}", "expected a text; write a list as a, b");
    }
}
