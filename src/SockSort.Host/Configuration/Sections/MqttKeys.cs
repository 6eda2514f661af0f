using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>mqtt</c>.</summary>
internal static class MqttKeys
{
    // [MQTT-4.7.1]: wildcards are only for filters; a topic has at most 65535 bytes.
    private const int MostTopicCharacters = 16_000;

    public static readonly TextType TopicType = new() { Problem = TopicProblem };

    private static readonly ConfigurationKey<string> Address = new(
        "address", MqttAddressType.One, "A broker elsewhere, in place of the one in the process.")
    { DefaultWords = "the broker in the process", Example = "mqtts://broker.example:8883" };

    private static readonly ConfigurationKey<string> User = new("user", TextType.Any, "User of that broker.") { Example = "sorter" };

    private static readonly ConfigurationKey<string> Password = new("password", PasswordType.One, "Password of that user.")
    {
        Example = "${file:secrets.properties:MQTT_PASSWORD}",
    };

    private static readonly ConfigurationKey<string> Version = new(
        "version",
        new ChoiceType<string>([("3.1.1", "3.1.1"), ("5", "5")]),
        "Version of MQTT that the broker is spoken to in.")
    { DefaultWords = "the newest that it knows", Example = "5" };

    private static readonly ConfigurationKey<string> Topic = new(
        "topic", TopicType, "Topic of the cameras that have none of their own.")
    { Default = "sockfound" };

    private static readonly ConfigurationKey<string> HomeAssistant = new(
        "home-assistant", TopicType, "Lets Home Assistant find the cameras by MQTT discovery, under this first level of topics.")
    { DefaultWords = "it is not told of them", Example = "homeassistant" };

    public static Section<MqttConfiguration> Section { get; } = new(
        [Address, User, Password, Version, Topic, HomeAssistant], Build)
    { Check = Check };

    private static MqttConfiguration Build(SectionValues values) => new()
    {
        Address = values.Of(Address),
        User = values.Of(User),
        Password = values.Of(Password),
        Version = values.Of(Version),
        Topic = values.Of(Topic) ?? "",
        HomeAssistant = values.Of(HomeAssistant),
    };

    private static void Check(SectionValues values)
    {
        foreach (var key in new ConfigurationKey[] { User, Password, Version })
        {
            if (values.Has(key) && !values.Has(Address))
                values.Report(key, "needs address", "it is of the broker that address names; the one in the process has broker.users");
        }
    }

    private static string? TopicProblem(string topic)
    {
        var isTopic = !topic.Contains('+') && !topic.Contains('#') && topic.Length <= MostTopicCharacters;
        return isTopic ? null : "a topic without + and #";
    }
}
