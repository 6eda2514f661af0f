using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log.Memory;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Configuration;

/// <summary>Each class says of each of its keys what it is for; its page tells the same keys.</summary>
public sealed class ConfigDefTests
{
    private static readonly ConnectorClasses Classes = new(
        new ConnectorPlace(
            new MemoryLog(), new Secrets(null), Broker: null, HasMoved: false, TimeProvider.System, NullLogger.Instance));

    public static TheoryData<string, string> Pages => new()
    {
        { "MqttSource", "connector-mqtt-source.md" },
        { "MqttSink", "connector-mqtt-sink.md" },
        { "HttpSink", "connector-http-sink.md" },
        { "FileStreamSink", "connector-file-sink.md" },
    };

    [Fact]
    public void Every_class_has_a_page() => Assert.Equal(Classes.All.Count, Pages.Count);

    [Theory, MemberData(nameof(Pages))]
    public void Each_key_is_documented_in_a_sentence_and_on_the_page(string className, string page)
    {
        var keys = Find(className).Config.Keys;
        var text = File.ReadAllText(Repository.PathOf($"docs/reference/{page}"));

        Assert.All(keys, key => Assert.EndsWith(".", key.Documentation));
        Assert.All(keys.Where(key => key.Name is not (CommonKeys.Name or CommonKeys.Class)), key => Assert.Contains($"`{key.Name}`", text));
        Assert.Equal(keys.Count, keys.Select(key => key.Name).Distinct().Count());
    }

    [Theory, MemberData(nameof(Pages))]
    public void Each_default_is_a_value_that_may_be_written(string className, string page)
    {
        var definition = Find(className).Config;
        var written = definition.Keys.Where(key => (key.Default ?? key.Example) is not null)
            .ToDictionary(key => key.Name, key => key.Default ?? key.Example!);

        var values = definition.Read("c", written, new Secrets(null));

        Assert.All(written, entry => Assert.Equal(entry.Value, values.Find(entry.Key)));
        Assert.NotEmpty(page);
    }

    private static IConnectorClass Find(string className) =>
        Classes.Of("c", new Dictionary<string, string> { [CommonKeys.Class] = className });
}
