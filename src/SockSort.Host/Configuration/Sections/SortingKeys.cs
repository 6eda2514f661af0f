using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>sorting</c>.</summary>
internal static class SortingKeys
{
    private static readonly ConfigurationKey<string> Topic = new(
        "topic", TextType.Any, "Topic of the log that holds the frames' messages, as a connector writes it.")
    { Default = "data_mqtt" };

    private static readonly ConfigurationKey<string> Mqtt = new(
        "mqtt",
        new WordOrType<string>("none", MqttKeys.TopicType),
        "First levels of the MQTT topics that the ledger and the pairs are published to, retained: …/ledger/SOCK and …/pair_found/SOCK.")
    { Default = "socksort/sorting" };

    private static readonly ConfigurationKey<TimeSpan> Silence = new(
        "silence",
        new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        "After so long without a frame what a camera saw is over, and the same sock is another one.")
    { Default = "10s" };

    public static Section<SortingConfiguration> Section { get; } = new([Topic, Mqtt, Silence], values => new SortingConfiguration
    {
        Topic = values.Of(Topic) ?? "",
        Mqtt = values.Of(Mqtt),
        Silence = values.Of(Silence),
    });
}
