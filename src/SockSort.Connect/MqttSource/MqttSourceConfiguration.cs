using SockSort.Connect.Configuration;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>The checked configuration of an MQTT source, secrets put in.</summary>
/// <param name="ClientId">The session's name at the broker; null where none is asked for.</param>
/// <param name="MaxMessageBytes">A larger message is skipped, and told of in <paramref name="DeadLetterTopic"/>.</param>
/// <param name="AnnouncesMax">Whether a broker of MQTT 5 is asked not to send larger ones.</param>
/// <param name="RemovesDoubles">
/// Whether a message that the log has already, by its fields <c>camera</c>, <c>run</c> and <c>seq</c>, is left out, and cameras are told
/// what the log has.
/// </param>
/// <param name="Notes">What has no effect, or another one than may be expected.</param>
internal sealed record MqttSourceConfiguration(
    MqttEndpoint Endpoint,
    IReadOnlyList<string> MqttTopics,
    string LogTopic,
    int Qos,
    bool KeepSession,
    TimeSpan KeepAlive,
    string? ClientId,
    int MaxMessageBytes,
    bool AnnouncesMax,
    string DeadLetterTopic,
    bool RemovesDoubles,
    IReadOnlyList<string> Notes)
{
    // A topic has up to 65 535 bytes; the rest of the packet is a header and few properties.
    private const int PacketRoomBytes = 128 << 10;

    /// <summary>What a broker of MQTT 5 is asked not to go beyond; null: nothing is asked.</summary>
    public int? AnnouncedMaxPacketBytes => AnnouncesMax ? MaxMessageBytes + PacketRoomBytes : null;

    /// <exception cref="ConnectException">The address or the topics can't be used.</exception>
    public static MqttSourceConfiguration Of(ConfigValues values)
    {
        var (logTopic, deadLetterTopic) = (values.Text(MqttSourceKeys.KafkaTopic), values.Text(MqttSourceKeys.DeadLetterTopic));
        if (logTopic == deadLetterTopic)
        {
            throw values.Wrong(MqttSourceKeys.DeadLetterTopic,
                $"is the connector's own topic; choose another one, or leave it out for {DeadLetter.DefaultTopic}");
        }
        return new MqttSourceConfiguration(
            EndpointOf(values),
            values.List(MqttSourceKeys.MqttTopics),
            logTopic,
            values.Whole(MqttSourceKeys.Qos),
            KeepSession: !values.Flag(MqttSourceKeys.CleanSession),
            TimeSpan.FromSeconds(values.Whole(MqttSourceKeys.KeepAliveSeconds)),
            values.Find(MqttSourceKeys.ClientId),
            values.Whole(MqttSourceKeys.MaxMessageBytes),
            values.Flag(MqttSourceKeys.AnnounceMax),
            deadLetterTopic,
            values.Flag(MqttSourceKeys.RemoveDoubles),
            [.. NotesOn(values)]);
    }

    /// <summary>The broker that the keys name, which are those of the MQTT sink too.</summary>
    /// <exception cref="ConnectException">The address can't be used.</exception>
    public static MqttEndpoint EndpointOf(ConfigValues values)
    {
        try
        {
            var server = values.List(MqttSourceKeys.ServerUri)[0];
            var endpoint = MqttEndpoint.Parse(server, values.Find(MqttSourceKeys.Username), values.Find(MqttSourceKeys.Password));
            return endpoint with { Version = VersionOf(values) };
        }
        catch (MqttException error)
        {
            throw values.Wrong(MqttSourceKeys.ServerUri, $"can't be used: {error.Message}");
        }
    }

    private static MqttVersion? VersionOf(ConfigValues values)
    {
        MqttVersion? version = null;
        if (values.Find(MqttSourceKeys.Version) is { } text)
            _ = MqttVersions.TryParse(text, out version);
        return version;
    }

    private static IEnumerable<string> NotesOn(ConfigValues values)
    {
        foreach (var note in values.Notes)
            yield return note;
        if (values.List(MqttSourceKeys.ServerUri).Count is > 1 and var servers)
            yield return MqttSourceErrors.FirstServerOnly(servers);
        if (values.Whole(MqttSourceKeys.Qos) == 0)
            yield return MqttSourceErrors.LowQos(0);
    }
}
